//! `zhengming dict` over many files.

mod support;

use std::fs;
use std::path::Path;

use support::zhengming;

fn act(folder: &Path, name: &str, amended: &str, definition: &str) {
    let text = format!(
        "# 中华人民共和国数据桥法\n\n2016年5月4日公布{amended}\n\n第一条 为了规范数据桥的建设，制定本法。\n\n\
         第二条 本法所称数据桥，是指{definition}\n\n第三条 本法自2016年6月1日起施行。\n"
    );
    fs::write(folder.join(name), text).unwrap();
}

const NEW: &str = "不同地区的政务部门之间交换公共数据的通道及其管理制度。";
const OLD: &str = "不同地区的部门之间交换数据的通道。";

#[test]
fn a_folder_of_acts_becomes_one_dictionary_that_speaks_where_an_act_is_cited() {
    let folder = tempfile::tempdir().unwrap();
    let acts = folder.path().join("法规");
    fs::create_dir_all(acts.join("旧")).unwrap();
    act(&acts.join("旧"), "数据桥法(2016-05-04).md", "", OLD);
    act(&acts, "数据桥法(2023-12-29).md", "　2023年12月29日修订", NEW);
    fs::write(acts.join("说明.md"), "# 说明\n\n本文件夹里是法规。\n").unwrap();
    let dictionary = folder.path().join("法规.toml").display().to_string();

    let run = zhengming(&["dict", "import", acts.to_str().unwrap(), "-o", &dictionary]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err
            .contains("《中华人民共和国数据桥法》2016-05-04 版已被 2023-12-29 版取代，其中 1 条定义没有列入"),
        "{}",
        run.err
    );
    assert!(run.err.contains("3 份文件：2 份有定义，1 份没有，0 份没能读出"), "{}", run.err);
    let text = fs::read_to_string(&dictionary).unwrap();
    assert!(text.contains("source = \"《中华人民共和国数据桥法》（2023-12-29）第二条\""), "{text}");

    let check = |text: &str| {
        let draft = folder.path().join("稿.md");
        fs::write(&draft, text).unwrap();
        zhengming(&[
            "check",
            "--isolated",
            "--format",
            "concise",
            "--dict",
            &dictionary,
            draft.to_str().unwrap(),
        ])
    };
    let definition = format!("本通知所称数据桥，是指{OLD}");
    let run = check(&format!("# 关于建设数据桥的通知\n\n根据《数据桥法》，制定本通知。\n\n{definition}\n"));
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("《中华人民共和国数据桥法》（2023-12-29）第二条"), "{}", run.out);
    // Who does not rely on the act may mean something else by the word.
    let run = check(&format!("# 关于建设数据桥的通知\n\n{definition}\n"));
    assert_eq!(run.code, 0, "{}", run.out);
    // The version of 2023 did not bind in 2018.
    let run = check(&format!(
        "---\ndate: 2018-03-01\n---\n# 关于建设数据桥的通知\n\n根据《数据桥法》，制定本通知。\n\n{definition}\n"
    ));
    assert_eq!(run.code, 0, "{}", run.out);
}

#[test]
fn dictionaries_are_joined_and_what_differs_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let house = |name: &str, definition: &str| {
        let path = folder.path().join(format!("{name}.toml"));
        let text = format!(
            "[dictionary]\nid = \"{name}\"\ntitle = \"{name}\"\n[[concept]]\nterm = \"数据桥\"\ndefinition = \"{definition}\"\n"
        );
        fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (one, other) = (house("甲局", OLD), house("乙局", NEW));
    let all = folder.path().join("全部.toml").display().to_string();
    let run = zhengming(&["dict", "merge", &one, &other, "-o", &all, "--title", "全部"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("“数据桥”有不同的定义"), "{}", run.err);
    let run = zhengming(&["dict", "check", &all]);
    assert_ne!(run.code, 2, "{}{}", run.out, run.err);
    // One of its inputs is never replaced.
    let run = zhengming(&["dict", "merge", &one, &other, "-o", &one]);
    assert_eq!(run.code, 2, "{}", run.err);
}
