//! Names of provinces and cities, and where they stand in titles.

/// Provinces of the mainland, by the code of their local standards.
const CODES: [(&str, &str); 31] = [
    ("11", "北京"),
    ("12", "天津"),
    ("13", "河北"),
    ("14", "山西"),
    ("15", "内蒙古"),
    ("21", "辽宁"),
    ("22", "吉林"),
    ("23", "黑龙江"),
    ("31", "上海"),
    ("32", "江苏"),
    ("33", "浙江"),
    ("34", "安徽"),
    ("35", "福建"),
    ("36", "江西"),
    ("37", "山东"),
    ("41", "河南"),
    ("42", "湖北"),
    ("43", "湖南"),
    ("44", "广东"),
    ("45", "广西"),
    ("46", "海南"),
    ("50", "重庆"),
    ("51", "四川"),
    ("52", "贵州"),
    ("53", "云南"),
    ("54", "西藏"),
    ("61", "陕西"),
    ("62", "甘肃"),
    ("63", "青海"),
    ("64", "宁夏"),
    ("65", "新疆"),
];

/// Provinces and their equals other than Zhejiang.
pub fn other_provinces() -> impl Iterator<Item = &'static str> {
    let others = CODES.iter().map(|(_, name)| *name).filter(|name| *name != "浙江");
    others.chain(["台湾", "香港", "澳门"])
}

/// What the numbers of the documents of a province begin with: 苏政办发〔2023〕5号. Not 云, 青, 宁 and 新, with which
/// those of 云和, 青田, 宁海 and 新昌 in Zhejiang begin, too.
const NUMBERS: [(&str, &str); 28] = [
    ("京", "11"),
    ("津", "12"),
    ("冀", "13"),
    ("晋", "14"),
    ("内", "15"),
    ("辽", "21"),
    ("吉", "22"),
    ("黑", "23"),
    ("沪", "31"),
    ("苏", "32"),
    ("浙", "33"),
    ("皖", "34"),
    ("闽", "35"),
    ("赣", "36"),
    ("鲁", "37"),
    ("豫", "41"),
    ("鄂", "42"),
    ("湘", "43"),
    ("粤", "44"),
    ("桂", "45"),
    ("琼", "46"),
    ("渝", "50"),
    ("川", "51"),
    ("黔", "52"),
    ("贵", "52"),
    ("藏", "54"),
    ("陕", "61"),
    ("甘", "62"),
];
/// What follows in such a number: the organ.
const ISSUERS: [&str; 19] = [
    "政", "府", "委", "党", "办", "人社", "发改", "数", "经信", "工信", "市监", "财", "教", "卫", "自贸",
    "药监", "商务", "交", "网信",
];

/// Cities at the level of prefectures by the code of their province, of Zhejiang those of counties as well.
const CITIES: [(&str, &str); 27] = [
    ("13", "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水"),
    ("14", "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁"),
    ("15", "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布"),
    ("21", "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛"),
    ("22", "长春 吉林 四平 辽源 通化 白山 松原 白城"),
    ("23", "哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化"),
    ("32", "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁"),
    (
        "33",
        "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 余姚 慈溪 瑞安 乐清 龙港 海宁 平湖 桐乡 诸暨 嵊州 兰溪 义乌 东阳 永康 江山 临海 温岭 玉环 龙泉 建德",
    ),
    ("34", "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城"),
    ("35", "福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德"),
    ("36", "南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶"),
    ("37", "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽"),
    ("41", "郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源"),
    ("42", "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州"),
    ("43", "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底"),
    (
        "44",
        "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮",
    ),
    ("45", "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左"),
    ("46", "海口 三亚 三沙 儋州"),
    ("51", "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳"),
    ("52", "贵阳 六盘水 遵义 安顺 毕节 铜仁"),
    ("53", "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧"),
    ("54", "拉萨 日喀则 昌都 林芝 山南 那曲"),
    ("61", "西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛"),
    ("62", "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南"),
    ("63", "西宁 海东"),
    ("64", "银川 石嘴山 吴忠 固原 中卫"),
    ("65", "乌鲁木齐 克拉玛依 吐鲁番 哈密"),
];
/// What stands for the state in place of the code of a province.
pub const STATE_CODE: &str = "00";
/// What titles of the state's documents begin with.
const STATE: [&str; 7] = ["国务院", "国家", "全国", "中共中央", "中央", "中华人民共和国", "工业和信息化部"];
/// What stands before the name of the one who issues, or whose document is issued.
const LEADS: [&str; 5] = ["《", "印发", "中共", "公布", "转发"];

/// The name of the province with this code of local standards.
pub(super) fn name_of(code: &str) -> Option<&'static str> {
    CODES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// The province with this code of local standards, as its code.
pub fn of_code(code: &str) -> Option<&'static str> {
    CODES.iter().map(|(known, _)| *known).find(|known| *known == code)
}

/// The province whose name `text` begins with.
pub fn begins(text: &str) -> Option<&'static str> {
    CODES.iter().find(|(_, name)| text.starts_with(name)).map(|(code, _)| *code)
}

/// The province or city that a title names as its own: at its beginning, or where the document that it issues
/// begins. What names Zhejiang or one of its cities anywhere is not another province's alone: 广东省与浙江省合作协议.
pub(super) fn of_title(title: &str) -> Option<&'static str> {
    if title.contains('浙') || of_own_city(title) {
        return Some("33");
    }
    let of = |name: &str| of_province(name).or_else(|| of_city(name));
    // 中国（上海）自由贸易试验区
    let zone = title.strip_prefix("中国（").or_else(|| title.strip_prefix("中国("));
    if let Some(code) = zone.and_then(begins) {
        return Some(code);
    }
    let after = |lead: &&str| title.match_indices(*lead).find_map(|(at, lead)| of(&title[at + lead.len()..]));
    // What the state writes about a province is not the province's.
    let is_of_state = STATE.iter().any(|word| title.starts_with(word));
    of(title).or_else(|| LEADS.iter().filter(|_| !is_of_state).find_map(after))
}

/// The province whose full name `text` begins with: 上海市, 广西壮族自治区; not 上海路.
pub(super) fn of_province(text: &str) -> Option<&'static str> {
    let (code, name) = CODES.iter().find(|(_, name)| text.starts_with(name))?;
    let rest = &text[name.len()..];
    let is_region = || rest.chars().take(8).collect::<String>().contains("自治区");
    (rest.starts_with(['省', '市']) || is_region()).then_some(*code)
}

/// Cities with the code of their province.
pub(super) fn cities() -> impl Iterator<Item = (&'static str, &'static str)> {
    CITIES.iter().flat_map(|(code, cities)| cities.split(' ').map(move |city| (*code, city)))
}

/// Whether `title` names a city of Zhejiang.
fn of_own_city(title: &str) -> bool {
    let mut own = CITIES.iter().filter(|(code, _)| *code == "33").flat_map(|(_, cities)| cities.split(' '));
    own.any(|city| title.match_indices(city).any(|(at, _)| title[at + city.len()..].starts_with('市')))
}

/// The province of the city that a title begins with. One that is not listed says nothing.
fn of_city(title: &str) -> Option<&'static str> {
    let name = title.get(..title.find('市')?)?;
    let known = |cities: &str| cities.split(' ').any(|city| city == name);
    CITIES.iter().find(|(_, cities)| known(cities)).map(|(code, _)| *code)
}

/// Whether a title names the state as its author.
pub(super) fn is_of_the_state(titles: &[String]) -> bool {
    titles.iter().any(|title| STATE.iter().any(|word| title.starts_with(word)))
}

/// The province that a number such as 苏政办发〔2023〕5号 is of.
pub(super) fn of_number(number: &str) -> Option<&'static str> {
    NUMBERS.iter().find_map(|(short, code)| {
        let rest = number.strip_prefix(short)?;
        let rest = rest.strip_prefix('蒙').unwrap_or(rest);
        ISSUERS.iter().any(|issuer| rest.starts_with(issuer)).then_some(*code)
    })
}

/// The code of a province by its name.
pub(super) fn code_of(name: &str) -> Option<&'static str> {
    CODES.iter().find(|(_, known)| *known == name).map(|(code, _)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_titles_are_read_by_their_beginnings() {
        assert_eq!(of_number("苏政办发〔2023〕5号"), Some("32"));
        assert_eq!(of_number("内政发〔2023〕5号"), Some("15"));
        assert_eq!(of_number("云浮府〔2023〕5号"), None);
        assert_eq!(of_number("杭政函〔2023〕5号"), None);
        assert_eq!(of_title("中共浙江省委关于数字化改革的意见"), Some("33"));
        assert_eq!(of_title("全市数据工作要点"), None);
        assert_eq!(of_title("数据工作要点"), None);
    }
}
