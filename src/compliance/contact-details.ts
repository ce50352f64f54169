/** Phone numbers, bank accounts and links in a folded text: what is told by digits and dots rather than by words. */
import type { Folded } from './fold.js';
import { clauseAround, type Place, sentenceAround } from './pattern-rule.js';

/** Digits spelt out, in numerals of all kinds, and the letters that are drawn for them (only inside a number). */
const spelt: Readonly<Record<string, string>> = Object.fromEntries(
  ['0零〇○oO', '1一壹幺l', '2二贰两', '3三叁', '4四肆', '5五伍', '6六陆', '7七柒', '8八捌', '9九玖'].flatMap((row) =>
    [...row].map((character) => [character, row.charAt(0)]),
  ),
);
const number =
  /[0-9零〇一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖](?:[-·,]?[0-9零〇一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖ol]){6,}/g;

/** Numbers that are known by the words beside them: ids of parcels and orders, and courier's or the buyer's own numbers. */
const parcelNumber = /订单|单号|运单|物流|编号|编码|序列号|会员号|文号|货号|型号|款号|条码|税号|信用代码|备案|许可证|批号|流水号/;
const notTheShop =
  /快递员|派送员|派件员|配送员|驿站|网点|快递公司|物流公司|自提点|收货人|收件人|收货(?:信息|电话|手机|地址)|收件(?:信息|电话|手机)|预留|您的(?:手机|电话|号码)|官方热线|12315/;
const accountWords = /卡号|账号|账户|帐号|帐户|户名|开户|银行|转账|汇款|打款|对公/;
const phoneWords = /电话|手机|致电|来电|拨打|打给|座机|热线|号码|联系我|联系方式|(?:^|[^a-z])tel|call|短信/;
const landlineWords = /电话|致电|拨打|打给|座机|热线|(?<!手机|单)号码|联系我|联系方式|(?:^|[^a-z])tel|call/;

const why = {
  phone: { zh: '平台不允许发送电话号码', en: 'the platform forbids sending telephone numbers' },
  account: { zh: '平台不允许发送银行账号', en: 'the platform forbids sending bank accounts' },
  link: { zh: '平台不允许发送站外链接', en: 'the platform forbids links to other sites' },
  mail: {
    zh: '平台不允许发送邮箱等站外联系方式',
    en: 'the platform forbids mail addresses and other ways of contact outside it',
  },
};

interface FoundNumber {
  readonly start: number;
  readonly end: number;
  readonly digits: string;
  /** Glued to a Latin letter: SF1380013800012. */
  readonly isCode: boolean;
}

/** Numerals of all kinds, the letters drawn for them, and the signs inside a number; by code. */
const isOfNumber = new Uint8Array(65536);
for (const character of [...Object.keys(spelt), '0123456789', '-·,'].join('')) isOfNumber[character.charCodeAt(0)] = 1;

/** Whether seven characters in a row may be a number: most texts have none, and are not searched. */
function hasLongNumber(text: string): boolean {
  let run = 0;
  for (let at = 0; at < text.length; at += 1) {
    run = isOfNumber[text.charCodeAt(at)] === 1 ? run + 1 : 0;
    if (run === 7) return true;
  }
  return false;
}

let lastFolded: Folded | undefined;
let lastNumbers: readonly FoundNumber[] = [];

function numbersIn(folded: Folded): readonly FoundNumber[] {
  if (folded === lastFolded) return lastNumbers;
  const { text } = folded;
  const found: FoundNumber[] = [];
  number.lastIndex = 0;
  for (let match = hasLongNumber(text) ? number.exec(text) : null; match !== null; match = number.exec(text)) {
    const digits = [...match[0]].map((character) => spelt[character] ?? '').join('');
    const end = match.index + match[0].length;
    const isCode =
      /[a-z]$/.test(text.slice(Math.max(0, match.index - 1), match.index)) || /^[a-km-np-z]/.test(text.slice(end, end + 1));
    found.push({ start: match.index, end, digits, isCode });
  }
  lastFolded = folded;
  lastNumbers = found;
  return found;
}

/** Mobile numbers (11 digits from 13 to 19), landlines with area code, 400/800 lines, and what stands beside 电话. */
export function phonePlaces(folded: Folded, wording: string): readonly Place[] {
  const places: Place[] = [];
  for (const { start, end, digits, isCode } of numbersIn(folded)) {
    const clause = clauseAround(folded.text, start, end);
    const sentence = sentenceAround(folded.text, start, end);
    const isMobile = !isCode && (/^1[3-9]\d{9}$/.test(digits) || /^(?:0086|86)1[3-9]\d{9}$/.test(digits));
    const isLandline = !isCode && /^(?:0\d{9,11}|[48]00\d{7})$/.test(digits);
    // 手机壳 13 14 15 is no number: one that is called 手机 alone is a whole one.
    const isLabelled = digits.length <= 12 && (digits.length >= 10 ? phoneWords : landlineWords).test(clause);
    if (!(isMobile || isLandline || isLabelled) || parcelNumber.test(clause) || notTheShop.test(sentence)) continue;
    places.push({ start, end, because: why.phone, wording });
  }
  return places;
}

/** Card and account numbers: 12 to 25 digits beside words of banking, or a UnionPay number (62, 16 to 19 digits) on its own. */
export function bankPlaces(folded: Folded, wording: string): readonly Place[] {
  const places: Place[] = [];
  for (const { start, end, digits, isCode } of numbersIn(folded)) {
    const sentence = sentenceAround(folded.text, start, end);
    if (parcelNumber.test(sentence)) continue;
    const isLabelled = digits.length >= 10 && digits.length <= 25 && accountWords.test(sentence);
    const isUnionPay = !isCode && /^62\d{14,17}$/.test(digits);
    if (isLabelled || isUnionPay) places.push({ start, end, because: why.account, wording });
  }
  return places;
}

const link =
  /(?<![a-z0-9·@])(?:https?,)?(?:[a-z0-9]{1,63}[·点]){1,5}(?:com|cn|net|org|shop|top|vip|xyz|cc|me|io|ltd|store|site|club|link|tv|app|live|info|biz|hk|tw|mobi|pw|im|la)(?![a-z0-9])/g;
/** www mumu cn: an address whose dots were drawn otherwise. */
const bareSite = /www(?!·)[a-z0-9]{2,40}(?:com|cn|net|shop|top)(?![a-z])/g;
const mail = /[a-z0-9]{1,40}@(?:[a-z0-9]{1,63}·){1,4}[a-z]{2,6}/g;
/** The platform's own sites and the couriers' and tracking sites, which agents may name. */
const ownSite =
  /(?:^|[·,])(?:taobao·com|tmall·(?:com|hk)|tb·cn|alipay·com|alicdn·com|cainiao·com|fliggy·com|kuaidi100·com|sfexpress·com|ems·com·cn|zto·com|yto·net·cn|sto·cn|yundaex·com|jtexpress·com·cn|chinatax·gov·cn)$/;

/** Links to sites other than the platform's, and mail addresses other than the one a buyer's invoice goes to. */
export function linkPlaces({ text }: Folded, wording: string): readonly Place[] {
  const places: Place[] = [];
  for (const match of text.matchAll(bareSite))
    places.push({ start: match.index, end: match.index + match[0].length, because: why.link, wording });
  if (!text.includes('·') && !text.includes('点c') && !text.includes('点net')) return places;
  for (const match of text.matchAll(link)) {
    if (ownSite.test(match[0].replaceAll('点', '·'))) continue;
    places.push({ start: match.index, end: match.index + match[0].length, because: why.link, wording });
  }
  for (const match of text.matchAll(mail)) {
    const end = match.index + match[0].length;
    if (/您的?|发票|买家/.test(sentenceAround(text, match.index, end))) continue;
    places.push({ start: match.index, end, because: why.mail, wording });
  }
  return places;
}
