// Writes the extension as a .vsix: the code in one file, both languages, licence, icon, and the program inside.
//
// node package.mjs PROGRAM [TARGET]   e.g. ../../target/dist/zhengming linux-x64
// Without a program it is for all platforms, and uses a program on the path.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { extname } from "node:path";
import zlib from "node:zlib";

import { build } from "esbuild";

const [program, target] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync("package.json", "utf8"));

rmSync("dist", { recursive: true, force: true });
await build({ entryPoints: ["src/extension.ts"], bundle: true, platform: "node", format: "cjs", target: "node18", external: ["vscode"], minify: true, outfile: "dist/extension.js", logLevel: "warning" });

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1; return n >>> 0; });
const crc32 = zlib.crc32 ?? ((bytes) => (bytes.reduce((sum, byte) => TABLE[(sum ^ byte) & 255] ^ (sum >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0);

const files = [];
const add = (name, bytes, mode = 0o644) => files.push({ name, bytes: Buffer.from(bytes), mode });
const texts = ["README.md", "icon.png", "package.nls.json", "package.nls.zh-cn.json", "package.nls.zh-tw.json", "dist/extension.js", "l10n/bundle.l10n.zh-cn.json", "l10n/bundle.l10n.zh-tw.json"];
const { scripts, dependencies, devDependencies, private: _, ...shipped } = manifest;

const escape = (text) => text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/"/gu, "&quot;");
const english = JSON.parse(readFileSync("package.nls.json", "utf8"));
add("extension.vsixmanifest", `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${manifest.name}" Version="${manifest.version}" Publisher="${manifest.publisher}"${target ? ` TargetPlatform="${target}"` : ""} />
    <DisplayName>${escape(english.name)}</DisplayName>
    <Description xml:space="preserve">${escape(english.description)}</Description>
    <Tags>${escape(manifest.keywords.join(","))}</Tags>
    <Categories>${escape(manifest.categories.join(","))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="${escape(manifest.engines.vscode)}" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionDependencies" Value="" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionPack" Value="" />
      <Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace" />
      <Property Id="Microsoft.VisualStudio.Code.LocalizedLanguages" Value="" />
    </Properties>
    <License>extension/LICENSE.txt</License>
    <Icon>extension/icon.png</Icon>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code" /></Installation>
  <Dependencies />
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Content.License" Path="extension/LICENSE.txt" Addressable="true" />
    <Asset Type="Microsoft.VisualStudio.Services.Icons.Default" Path="extension/icon.png" Addressable="true" />
  </Assets>
</PackageManifest>
`);
const types = { vsixmanifest: "text/xml", json: "application/json", js: "application/javascript", md: "text/markdown", png: "image/png", txt: "text/plain", exe: "application/octet-stream" };
add("[Content_Types].xml", `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${Object.entries(types).map(([ending, type]) => `<Default Extension=".${ending}" ContentType="${type}"/>`).join("")}<Override PartName="/extension/server/zhengming" ContentType="application/octet-stream"/></Types>
`);
add("extension/package.json", JSON.stringify(shipped, null, 2));
add("extension/LICENSE.txt", `${readFileSync("../../LICENSE-MIT", "utf8")}\n\n---\n\n${readFileSync("../../LICENSE-APACHE", "utf8")}\n\n---\n\n${readFileSync("../../NOTICE", "utf8")}`);
for (const name of texts) add(`extension/${name}`, readFileSync(name));
if (program) add(`extension/server/zhengming${extname(program) === ".exe" ? ".exe" : ""}`, readFileSync(program), 0o755);

const parts = [];
const directory = [];
let offset = 0;
for (const { name, bytes, mode } of files) {
  const path = Buffer.from(name);
  const packed = zlib.deflateRawSync(bytes, { level: 9 });
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0); head.writeUInt16LE(20, 4); head.writeUInt16LE(0x0800, 6); head.writeUInt16LE(8, 8); head.writeUInt16LE(0x21, 12);
  head.writeUInt32LE(crc32(bytes), 14); head.writeUInt32LE(packed.length, 18); head.writeUInt32LE(bytes.length, 22); head.writeUInt16LE(path.length, 26);
  const entry = Buffer.alloc(46);
  // Made on Unix, so that the program stays one.
  entry.writeUInt32LE(0x02014b50, 0); entry.writeUInt16LE((3 << 8) | 20, 4); head.copy(entry, 6, 4, 30);
  entry.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 38); entry.writeUInt32LE(offset, 42);
  parts.push(head, path, packed);
  directory.push(entry, path);
  offset += 30 + path.length + packed.length;
}
const size = directory.reduce((sum, part) => sum + part.length, 0);
const end = Buffer.alloc(22);
end.writeUInt32LE(0x06054b50, 0); end.writeUInt16LE(files.length, 8); end.writeUInt16LE(files.length, 10); end.writeUInt32LE(size, 12); end.writeUInt32LE(offset, 16);
const out = `zhengming-${target ?? "universal"}-${manifest.version}.vsix`;
writeFileSync(out, Buffer.concat([...parts, ...directory, end]));
console.log(`${out}: ${offset + size + 22} bytes`);
