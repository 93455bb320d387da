"""Calls every tool of `zhengming mcp` with the official client, and says how long calls took and how large answers are.

    python -m venv venv && venv/bin/pip install mcp
    cargo build --features mcp
    venv/bin/python tests/python/mcp_client.py target/debug/zhengming
"""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

TEXT = "会议通知统一通过浙政盯发送，推广数据高铁，依据GB/T 35273—2017执行。"


async def main(program: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "通知.md").write_text("# 通知\n\n" + TEXT + "\n", encoding="utf-8")
        Path(folder, "out.md").symlink_to("/etc/hostname")
        server = StdioServerParameters(command=program, args=["--lang", "zh", "mcp", folder, "--isolated"])
        began = time.perf_counter()
        async with stdio_client(server) as streams, ClientSession(*streams) as session:
            hello = await session.initialize()
            told(f"initialize {name_of(hello)}", began, json.dumps(dump(hello), ensure_ascii=False))
            began = time.perf_counter()
            tools = (await session.list_tools()).tools
            told("tools/list", began, json.dumps([dump(tool) for tool in tools], ensure_ascii=False))
            assert len(tools) == 6, [tool.name for tool in tools]
            found = await call(session, "check_text", {"text": TEXT})
            assert any(one["text"] == "浙政盯" for one in found["findings"]), found
            found = await call(session, "check_text", {"text": (TEXT + "\n\n") * 500})
            assert found["left_out"] >= 0 and len(found["findings"]) <= 50
            found = await call(session, "check_file", {"path": "通知.md"})
            assert found["title"] == "通知", found
            assert "浙政钉" in (await call(session, "suggest_fixes", {"text": TEXT}))["text"]
            assert (await call(session, "lookup_term", {"term": "浙政盯"}))["known"][0]["preferred"] == "浙政钉"
            assert (await call(session, "define", {"term": "浙政钉"}))["definitions"]
            cited = await call(session, "cite_standard", {"standard": "GB/T 35273—2017"})
            assert cited["standards"][0]["current"] == "GB/T 35273—2020", cited
            for tool, arguments in [
                ("check_file", {"path": "/etc/hostname"}),
                ("check_file", {"path": "../../etc/hostname"}),
                ("check_file", {"path": "out.md"}),
                ("check_text", {"text": "长" * 400_000}),
                ("check_text", {}),
            ]:
                await refused(session, tool, arguments)


async def call(session, tool, arguments):
    began = time.perf_counter()
    answer = dump(await session.call_tool(tool, arguments))
    assert not answer.get("isError"), answer
    told(tool, began, json.dumps(answer["structuredContent"], ensure_ascii=False))
    return answer["structuredContent"]


async def refused(session, tool, arguments):
    began = time.perf_counter()
    answer = dump(await session.call_tool(tool, arguments))
    assert answer["isError"], answer
    told(f"{tool} refused: {answer['content'][0]['text'][:60]}", began, "")


def dump(value):
    return value.model_dump(mode="json", by_alias=True, exclude_none=True)


def name_of(hello):
    info = dump(hello)["serverInfo"]
    return f"{info['name']} {info['version']}"


def told(what, began, answer):
    print(f"{what:<60} {1000 * (time.perf_counter() - began):8.1f} ms {len(answer.encode()):8} bytes")


asyncio.run(main(sys.argv[1]))
