/** What the service finds wrong with settings, for owners who read Chinese: the service says it in English. */
import type { Fault } from '../shared/api.js';
import type { Language } from '../shared/words.js';

type Saying = readonly [said: RegExp, zh: string];

/** `$1` is the first thing found. The first that fits is taken. */
const sayings: readonly Saying[] = [
  [/^is missing$/, '还没有填'],
  [/^is empty$/, '是空的'],
  [/^is (\d+) characters long$/, '有 $1 个字'],
  [/^has (\d+) entries$/, '有 $1 项'],
  [/^is (-?[\d.]+)$/, '是 $1'],
  [/^is text, not (a whole|a) number$/, '不是数字'],
  [/^is .+, not .+$/, '填的不对'],
  [/^is none of the known words$/, '不是可选的值'],
  [/^has not the right form$/, '格式不对'],
  [/^is not allowed$/, '不可以'],
  [/^is not a known key$/, '没有这个参数'],
  [/^ends before it begins$/, '结束早于开始'],
  [/^says either nothing or two things$/, '要么填小时，要么写一句'],
  [/^"(.+)" is no place that is known$/, '没有“$1”这个地方'],
  [/^"(.+)" stands in row (\d+) too/, '“$1”在别的行里也有'],
  [/^"(.+)" stands here twice$/, '“$1”写了两次'],
  [/^the (?:variant|campaign|size) "(.*)" stands here twice$/, '“$1”写了两次'],
  [/^there are two products "(.+)"$/, '编号 $1 用了两次'],
  [/^there is no product "(.+)"$/, '没有商品 $1'],
  [/^a product cannot stand in for itself$/, '不能推荐它自己'],
  [/^the floor is above the price$/, '底价高于售价'],
  [/^no variant has the size "(.+)"$/, '规格里没有尺码 $1'],
  [/^there is no courier "(.+)"$/, '没有叫“$1”的快递'],
  [/^the shop does not send by (.+)$/, '店里不发$1'],
  [/^an agent may give more than the lead$/, '客服能让的比主管还多'],
  [/^(.+) off is beyond what an agent may give$/, '让 $1 超过了客服的权限'],
  [/^the step takes back what was conceded$/, '后一轮让得比前一轮少'],
  [/^it is beyond what an agent may give$/, '超过了客服的权限'],
  [/^an agent may give something from (.+) yuan on only$/, '客服满 $1 元才能让'],
  [/^a coupon takes (.+) yuan off (.+)$/, '满 $2 减 $1，减得比满还多'],
  [/^an amount for a gift, but no gift$/, '写了满多少送，却没有写赠品'],
  [/^there is no coupon$/, '还没有优惠券'],
  [/^there is no such intent$/, '没有这个意图'],
  [/^(.+) has no such reply$/, '没有这条模板'],
  [/^(\S+) overlaps (\S+) of (?:\w+|the day before), which runs past midnight$/, '$1 和前一天过零点的 $2 重叠了'],
  [/^(\S+) overlaps (\S+)$/, '$1 和 $2 重叠了'],
  [/^"(.+)" breaks the rule [\w-]+: (.+?)(?:\. It would never be sent by itself\.?)?$/, '“$1”：$2'],
  [/^is not valid YAML: (.+)$/, '不是有效的 YAML：$1'],
  // Mends.
  [/^write a time of day as HH:MM/, '按 09:00 这样写'],
  [/^write a range as HH:MM-HH:MM/, '按 09:00-12:00 这样写'],
  [/^write one range from/, '合成一段，或让前一段在后一段开始时结束'],
  [/^end it at .+ \((.+)\), or begin this range at .+ \((.+)\)$/, '前一天改成 $1，或这一段改成 $2'],
  [/^leave (\S+) out/, '去掉 $1'],
  [/^write a date as YYYY-MM-DD/, '按 2026-10-01 这样写'],
  [/^write (?:at least|more than) ([\d.]+)$/i, '不能小于 $1'],
  [/^write (?:at most|less than) ([\d.]+)$/i, '不能大于 $1'],
  [/^write at most ([\d.]+) characters$/, '最多 $1 个字'],
  [/^write at least ([\d.]+) characters?$/, '至少写 $1 个字'],
  [/^give at least (\d+)$/, '至少 $1 项'],
  [/^give at most (\d+)$/, '最多 $1 项'],
  [/^add it/, '请补上'],
  [/^write (?:a whole number|a number)/, '写数字'],
  [/^write the (?:earlier date|smaller number)/, '前后对调一下'],
  [/^name an IANA time zone/, '写时区的名字，如 Asia/Shanghai'],
  [/^Write a province/, '写省、省/市或省/市/县，不带“省”“市”，如 新疆/克拉玛依；或写“海外”'],
  [/^Write province\/city/, '写省/市，如 浙江/杭州'],
  [/^Leave it in one row/, '只留在一行里，或在第二行写别的快递'],
  [/^Set it to (.+) or less/, '不高于 $1'],
  [/^Set it to (.+) or more/, '不低于 $1'],
  [/^Name one of (.+)\.$/, '可选：$1'],
  [/^Add it to shipping\.couriers/, '先加进“快递”'],
  [/^Write what is taken off/, '前一格写满多少，后一格写减多少'],
  [/^Write (.+)\.$/, '写成 $1'],
  [/^Give each product an id of its own/, '每个商品一个编号'],
  [/^Name another product/, '换一个商品'],
  [/^Put their stock together/, '把库存合在一行'],
  [/^Give the variants sizes/, '先给规格填尺码，或去掉尺码表'],
  [/^Make it one row/, '合成一行'],
  [/^Leave one of them/, '留一个，或写上各自的日期'],
  [/^Did you mean (.+)\?$/, '是不是 $1？'],
  [/^Write e\.g\. (.+)$/, '可写成：$1'],
  [/^It would never be sent by itself\. Write e\.g\. (.+)$/, '这样不会自动发出。可写成：$1'],
  [/^Better: (.+)$/, '更好的说法：$1'],
  [/^write either /, '两样里写一样'],
  [/^check its spelling/, '检查写法，或删去'],
  [/^write one of (.+)$/, '可选：$1'],
  [/^write text/, '写文字'],
  [/^Name the gift/, '写上赠品，或去掉满多少'],
  [/^List the coupons/, '先写优惠券，或去掉这一项'],
  [/^Name each way to pay once/, '每种只写一次'],
  [/^Let the steps grow/, '后一轮不能比前一轮少'],
  [/^Name one of intents/, '写一个有的意图'],
  [/^correct it$/, '请改正'],
];

/** Problem and mend in the reader's language; what has no Chinese yet stays as it is said. */
export function faultInWords({ problem, mend }: Pick<Fault, 'problem' | 'mend'>, language: Language): string {
  const both = [problem, mend].filter((one) => one !== '').map((one) => (language === 'zh' ? chinese(one) : sentence(one)));
  return both.join(language === 'zh' ? '。' : '. ').replace(/\.\.$/, '.');
}

function sentence(said: string): string {
  return said.charAt(0).toUpperCase() + said.slice(1);
}

function chinese(said: string): string {
  for (const [pattern, zh] of sayings) {
    const found = pattern.exec(said);
    if (found !== null) return zh.replace(/\$(\d)/g, (_, at: string) => found[Number(at)] ?? '');
  }
  return said;
}
