/**
 * What a shop's parameters are called, in the words of owners: for fields, for the history, for what is missing. By path, where
 * `[]` stands for an entry of a list and `*` for a key that the owner chooses. A parameter without a name fails a test.
 */
import type { Language } from '../shared/words.js';

export interface InWords {
  readonly zh: string;
  readonly en: string;
}

export interface ParameterWords extends InWords {
  readonly unit?: InWords;
  readonly help?: InWords;
  /** What may stand there; the same in every language, as it is said to buyers. */
  readonly example?: string;
  /** What holds where nothing is set. */
  readonly standard?: number;
}

const yuan = { zh: '元', en: 'yuan' };
const daysUnit = { zh: '天', en: 'days' };
const hoursUnit = { zh: '小时', en: 'hours' };
const minutes = { zh: '分钟', en: 'minutes' };
const seconds = { zh: '秒', en: 'seconds' };
const pieces = { zh: '件', en: 'pieces' };
const characters = { zh: '字', en: 'characters' };
const messages = { zh: '条', en: 'messages' };
const kg = { zh: '公斤', en: 'kg' };

interface More {
  readonly unit?: InWords;
  readonly help?: readonly [zh: string, en: string];
  readonly example?: string;
  readonly standard?: number;
}
function name(zh: string, en: string, { unit, help, example, standard }: More = {}): ParameterWords {
  return {
    zh,
    en,
    ...(unit && { unit }),
    ...(help && { help: { zh: help[0], en: help[1] } }),
    ...(example !== undefined && { example }),
    ...(standard !== undefined && { standard }),
  };
}
const from = name('从', 'From');
const to = name('到', 'To');
const reason = name('原因', 'Reason');

export const parameterWords: Readonly<Record<string, ParameterWords>> = {
  id: name('店铺编号', 'Shop id'),
  name: name('店名', 'Shop name'),
  timeZone: name('时区', 'Time zone', { example: 'Asia/Shanghai' }),
  address: name('称呼买家', 'How buyers are called'),
  stickers: name('结尾可带表情', 'A sticker may close a greeting'),
  callbackUrl: name('回复推送地址', 'Callback address', {
    help: ['没有的话，回复在接口里等着取', 'Without it replies wait in the feed'],
    example: 'https://shop.example/zaima',
  }),
  extra: name('自定义变量', 'Free variables'),
  'extra.*': name('变量', 'Variable'),

  hours: name('营业时间', 'Hours'),
  'hours.weekly': name('每周时间', 'Week'),
  'hours.weekly.mon': name('周一', 'Mon'),
  'hours.weekly.tue': name('周二', 'Tue'),
  'hours.weekly.wed': name('周三', 'Wed'),
  'hours.weekly.thu': name('周四', 'Thu'),
  'hours.weekly.fri': name('周五', 'Fri'),
  'hours.weekly.sat': name('周六', 'Sat'),
  'hours.weekly.sun': name('周日', 'Sun'),
  'hours.exceptions': name('指定日期', 'Certain dates'),
  'hours.exceptions[].from': from,
  'hours.exceptions[].to': to,
  'hours.exceptions[].ranges': name('时间', 'Hours'),
  'hours.exceptions[].reason': reason,
  'hours.holidays': name('法定节假日', 'Statutory holidays'),
  'hours.holidays.calendar': name('日历', 'Calendar'),
  'hours.holidays.ranges': name('节假日时间', 'Hours on holidays'),
  'hours.holidays.settled': name('已在指定日期里写好的年份', 'Years written as certain dates'),

  bot: name('机器人', 'Bot'),
  'bot.mode': name('模式', 'Mode'),
  'bot.replyCharacters': name('自动回复字数上限', 'Most characters of a reply', { standard: 128, unit: characters }),
  'bot.draftCharacters': name('草稿字数上限', 'Most characters of a draft', { standard: 200, unit: characters }),
  'bot.keepStillMinutes': name('客服说话后机器人不插话', 'Keeps still after an agent’s word', { standard: 10, unit: minutes }),
  'bot.stepIn': name('忙时先答', 'Steps in when busy'),
  'bot.stepIn.afterSeconds': name('客服没回满', 'No agent answered for', { standard: 60, unit: seconds }),
  'bot.stepIn.afterMessages': name('或买家连发', 'Or messages in a row', { standard: 3, unit: messages }),
  'bot.stepIn.notBeforeSeconds': name('但不早于', 'But not before', {
    standard: 10,
    unit: seconds,
    help: ['留给客服说第一句的时间', 'An agent is given this long for the first answer'],
  }),
  'bot.stepIn.with': name('先答什么', 'With what'),
  'bot.cooldownMinutes': name('同一问算重复', 'The same question is a repeat within', { standard: 120, unit: minutes }),
  'bot.burstSeconds': name('停多久才答', 'Answers after stillness of', { standard: 1.5, unit: seconds }),
  'bot.staleMinutes': name('积压多久只安抚', 'Older messages get a holding reply', { standard: 15, unit: minutes }),
  'bot.stockStaleHours': name('库存多久算旧', 'Stock is stale after', { standard: 48, unit: hoursUnit }),
  'bot.lowStock': name('所剩不多', 'Low stock', {
    standard: 5,
    unit: pieces,
    help: ['不多于这个数才说所剩不多', 'Only up to so many is a buyer told that few are left'],
  }),

  desk: name('客服考核', 'Desk clocks'),
  'desk.firstAnswerSeconds': name('首次响应', 'First answer', { standard: 10, unit: seconds }),
  'desk.firstAnswerAlarmSeconds': name('首响提前告警', 'Alarm before it ends', { standard: 5, unit: seconds }),
  'desk.averageSeconds': name('平均响应目标', 'Average target', { standard: 32, unit: seconds }),
  'desk.unansweredMessages': name('连发多少条算要走', 'Messages in a row: about to leave', { standard: 3, unit: messages }),
  'desk.newVisitHours': name('多久算新的接待', 'A new visit after', { standard: 24, unit: hoursUnit }),
  'desk.rule': name('平台时限', 'The platform’s rule'),
  'desk.rule.withinSeconds': name('须在内回复', 'Answer within', { standard: 180, unit: seconds }),
  'desk.rule.hours': name('时限适用时段', 'Hours of the rule', { example: '08:00-23:00' }),
  'desk.rule.alarmSeconds': name('提前告警', 'Alarm before it ends', { standard: 30, unit: seconds }),

  intents: name('意图开关', 'Intents'),
  'intents.*': name('开关', 'Switch'),
  replies: name('回复模板', 'Replies'),
  'replies.*.*.off': name('关掉', 'Off'),
  'replies.*.*.texts': name('说法', 'Wordings'),
  'replies.*.*.short': name('短句', 'Short form'),

  shipping: name('运费', 'Shipping'),
  'shipping.table': name('运费表', 'Fee table'),
  'shipping.table[].regions': name('地区', 'Regions', { example: '江苏、浙江、新疆/克拉玛依' }),
  'shipping.table[].firstKgYuan': name('首重运费', 'First weight', {
    unit: yuan,
    help: ['空着：寄，但运费由人工报', 'Empty: served, but a person tells the fee'],
  }),
  'shipping.table[].firstKg': name('首重', 'First weight covers', { unit: kg, example: '1' }),
  'shipping.table[].nextKgYuan': name('续重每公斤', 'Each further kg', { unit: yuan }),
  'shipping.table[].couriers': name('只发', 'Only by', {
    help: ['空着：店里的快递都发', 'Empty: all of the shop’s couriers'],
    example: '邮政',
  }),
  'shipping.notServed': name('不寄送', 'Not served', { example: '海外' }),
  'shipping.freeFromYuan': name('满额包邮', 'Free from', { unit: yuan, example: '95' }),
  'shipping.freeFromItems': name('满件包邮', 'Free from', { unit: pieces, example: '2' }),
  'shipping.freeExcludes': name('不包邮地区', 'Free shipping not to', { example: '西藏、新疆、港澳台' }),
  'shipping.couriers': name('快递', 'Couriers', { example: '中通、圆通、邮政、顺丰' }),
  'shipping.surchargeYuan': name('指定快递加价', 'Extra for a chosen courier'),
  'shipping.surchargeYuan.*': name('加价', 'Extra', { unit: yuan }),
  'shipping.courierWish': name('能否指定快递', 'May buyers wish for a courier'),
  'shipping.ruralCouriers': name('乡镇农村能到的快递', 'Couriers to villages', { example: '邮政' }),
  'shipping.pickup': name('自提', 'Fetching'),
  'shipping.pickup.offered': name('可以自提', 'Goods may be fetched'),
  'shipping.pickup.where': name('自提地点', 'Where', { example: '嘉兴南湖仓库一楼' }),

  dispatch: name('发货', 'Dispatch'),
  'dispatch.shipsFrom': name('发货地', 'Ships from', { example: '浙江/嘉兴' }),
  'dispatch.cutOff': name('截单时间', 'Cut-off', {
    help: ['这之前付款当天发', 'Paid before it, sent the same day'],
    example: '16:00',
  }),
  'dispatch.usualDays': name('一般几天到', 'Usual days'),
  'dispatch.usualDays.from': from,
  'dispatch.usualDays.to': to,
  'dispatch.daysByRegion': name('各地区几天到', 'Days by region'),
  'dispatch.daysByRegion[].regions': name('地区', 'Regions', { example: '新疆、西藏' }),
  'dispatch.daysByRegion[].from': from,
  'dispatch.daysByRegion[].to': to,
  'dispatch.trackingVisibleHours': name('多久能查到物流', 'Tracking shows after', { unit: hoursUnit }),
  'dispatch.addressChange': name('怎么改地址', 'How to change the address', {
    help: ['一句话，发货前有效', 'One clause, for before dispatch'],
    example: '没发货前在订单详情里点“修改地址”就能自己改',
  }),
  'dispatch.shipsOn': name('哪几天发货', 'Parcels leave on'),
  'dispatch.closed': name('停发日期', 'Nothing leaves on'),
  'dispatch.closed[].from': from,
  'dispatch.closed[].to': to,
  'dispatch.closed[].reason': reason,
  'dispatch.exceptions': name('大促发货', 'Other rules on certain days'),
  'dispatch.exceptions[].from': from,
  'dispatch.exceptions[].to': to,
  'dispatch.exceptions[].reason': reason,
  'dispatch.exceptions[].withinHours': name('多少小时内发', 'Within', { unit: hoursUnit }),
  'dispatch.exceptions[].words': name('或自己写一句', 'Or in own words'),

  products: name('商品', 'Products'),
  'products[].id': name('编号', 'Id', { help: ['平台的商品编号', 'As the platform has it'] }),
  'products[].title': name('名称', 'Title'),
  'products[].aliases': name('买家怎么叫它', 'What buyers call it', { example: '开衫、羊毛开衫' }),
  'products[].priceYuan': name('价格', 'Price', { unit: yuan }),
  'products[].floorYuan': name('议价底价', 'Lowest price', { unit: yuan }),
  'products[].unit': name('量词', 'Measure', { help: ['不是件、个时才填', 'Where it is not 件 or 个'], example: '盒' }),
  'products[].weightKg': name('重量', 'Weight', { unit: kg }),
  'products[].variants': name('规格与库存', 'Variants and stock'),
  'products[].variants[].colour': name('颜色', 'Colour'),
  'products[].variants[].size': name('尺码', 'Size'),
  'products[].variants[].stock': name('库存', 'Stock', { unit: pieces }),
  'products[].variants[].restock': name('补货日期', 'Restock'),
  'products[].asOf': name('库存截至', 'Stock as of', {
    help: ['空着：库存总算新的', 'Empty: the stock always counts as current'],
  }),
  'products[].presaleShips': name('预售发货日', 'Presale ships on'),
  'products[].details': name('介绍', 'Details'),
  'products[].details.*': name('介绍', 'Detail'),
  'products[].sizeChart': name('尺码表', 'Size chart'),
  'products[].sizeChart[].size': name('尺码', 'Size'),
  'products[].sizeChart[].heightCm.from': name('身高从', 'Height from', { unit: { zh: '厘米', en: 'cm' } }),
  'products[].sizeChart[].heightCm.to': name('身高到', 'Height to', { unit: { zh: '厘米', en: 'cm' } }),
  'products[].sizeChart[].weightKg.from': name('体重从', 'Weight from', { unit: kg }),
  'products[].sizeChart[].weightKg.to': name('体重到', 'Weight to', { unit: kg }),
  'products[].alternatives': name('缺货时推荐', 'Offered instead', {
    help: ['写商品编号', 'Ids of products'],
  }),
  'products[].noReasonReturn': name('支持无理由退货', 'Return without reason'),
  'products[].cod': name('可货到付款', 'Cash on delivery'),
  'products[].instalments': name('可分期', 'Instalments'),

  campaigns: name('活动', 'Campaigns'),
  'campaigns[].name': name('活动名', 'Name', { example: '双十一' }),
  'campaigns[].aliases': name('也叫', 'Also called', { example: '双11' }),
  'campaigns[].from': name('从', 'From', { help: ['空着：不限', 'Empty: open'] }),
  'campaigns[].to': name('到', 'To', { help: ['空着：不限', 'Empty: open'] }),
  'campaigns[].words': name('给什么', 'What it gives', { example: '全店第二件九折' }),
  'campaigns[].stacks': name('可与券同用', 'With coupons'),

  pricing: name('价格与议价', 'Price and haggling'),
  'pricing.policy': name('议价方式', 'Policy'),
  'pricing.reason': name('为什么这个价', 'Why the price', { example: '羊毛用料足，老客新客一个价' }),
  'pricing.coupons': name('优惠券', 'Coupons'),
  'pricing.coupons[].fromYuan': name('满', 'From', { unit: yuan }),
  'pricing.coupons[].offYuan': name('减', 'Off', { unit: yuan }),
  'pricing.couponsWhere': name('在哪领券', 'Where to claim them', {
    help: ['接在“在”后面', 'Told after 在'],
    example: '商品页的优惠栏',
  }),
  'pricing.couponsStack': name('券可叠加', 'Coupons add up'),
  'pricing.gift': name('赠品', 'Gift', { example: '手写洗护小卡' }),
  'pricing.giftFromYuan': name('满多少送', 'Gift from', { unit: yuan, help: ['空着：每单都送', 'Empty: with every order'] }),
  'pricing.firstOrder': name('首单优惠', 'First order', { example: '首单送小样一份' }),
  'pricing.member': name('会员优惠', 'Members', { example: '入会积分可以抵现' }),
  'pricing.priceProtectionDays': name('价保', 'Price protection', { unit: daysUnit, example: '7' }),
  'pricing.concessions': name('机器人可让价', 'The bot may concede'),
  'pricing.concessions.steps': name('每轮让多少', 'Off by round', {
    help: ['0.01 是让 1%；第几轮议价用第几个，最后一个一直用', '0.01 is 1 %; by round of haggling, the last holds on'],
    example: '0、0.01、0.02',
  }),
  'pricing.concessions.fromYuan': name('满多少才让', 'From', { unit: yuan }),
  'pricing.concessions.floorShare': name('最低到几成', 'Lowest share', {
    help: ['0.97 就是九七折', '0.97 is 97 % of the price'],
    example: '0.97',
  }),
  'pricing.agentShare': name('客服最低折扣', 'An agent may go to', {
    help: ['0.97 就是九七折；机器人不会越过它', '0.97 is 97 % of the price; the bot keeps within it'],
    example: '0.97',
  }),
  'pricing.agentFromYuan': name('客服让价起点', 'An agent may from', { unit: yuan }),
  'pricing.leadShare': name('主管最低折扣', 'A lead may go to', { example: '0.95' }),

  payment: name('付款', 'Payment'),
  'payment.methods': name('付款方式', 'Ways to pay', {
    help: ['付款页上有的都写上', 'All that the pay page offers'],
    example: '支付宝、银行卡、花呗',
  }),
  'payment.closesAfterHours': name('不付款多久关单', 'Unpaid orders close after', { unit: hoursUnit, example: '24' }),

  wholesale: name('批发', 'Wholesale'),
  'wholesale.fromItems': name('起批', 'From', { unit: pieces, example: '30' }),
  'wholesale.words': name('怎么说', 'What holds then', { example: '按数量和款式单独报价' }),

  invoice: name('发票', 'Invoice'),
  'invoice.kinds': name('能开的发票', 'Kinds'),
  'invoice.withinWorkingDays': name('交易完成后多少工作日内开', 'Working days after the trade closes', {
    unit: daysUnit,
    example: '20',
  }),
  'invoice.sentBy': name('纸质发票怎么寄', 'Paper ones are sent by', { example: '挂号信' }),

  returns: name('退换', 'Returns'),
  'returns.noReasonDays': name('无理由退货', 'Return without reason', { unit: daysUnit, example: '7' }),
  'returns.insurance': name('有运费险', 'Return insurance'),
  'returns.insurancePaidHours': name('运费险多久赔', 'The insurer pays within', { unit: hoursUnit, example: '72' }),
  'returns.addressSource': name('退货地址在哪看', 'Where the address is found'),
  'returns.refundDays': name('收到货后多久退款', 'Refund within', { unit: daysUnit }),
  'returns.faultDays': name('质量问题签收后可处理', 'Faults within', { unit: daysUnit, example: '15' }),
  'returns.noReasonPaidBy': name('无理由退货运费', 'Way back without reason'),
  'returns.faultPaidBy': name('质量问题退货运费', 'Way back of a fault'),
  'returns.exchangePaidBy': name('换货运费', 'Ways of an exchange'),

  care: name('洗护', 'Care', { example: '建议30度以下轻柔手洗，平铺晾干' }),
  authenticity: name('正品', 'Authenticity'),
  'authenticity.official': name('品牌自营或授权', 'The brand’s own or authorised'),
  'authenticity.words': name('货源说法', 'Where goods come from', { example: '自家工厂织的，吊牌、水洗标都齐全' }),
  'authenticity.compensation': name('假货怎么赔', 'For a fake', { example: '假一赔三' }),
  'authenticity.check': name('怎么验真', 'How to check', { example: '吊牌上的二维码扫一扫就能查' }),
  quality: name('质量', 'Quality'),
  'quality.weakness': name('先说短处', 'The weak side first', { example: '羊毛贴身穿会起少量小球' }),
  'quality.strength': name('再说长处', 'Then the strong side', { example: '用料和走线都是自家工厂把关' }),
  warranty: name('质保', 'Warranty'),
  'warranty.months': name('质保期', 'Warranty', { unit: { zh: '个月', en: 'months' }, example: '3' }),
  'warranty.covers': name('保什么', 'Covers', { example: '开线、掉扣' }),
  'warranty.repair': name('怎么修', 'Repair', { example: '寄回店里免费修补' }),
  'warranty.installation': name('安装', 'Installation'),
  creditCard: name('信用卡与分期', 'Credit card and instalments'),
  'creditCard.accepted': name('收信用卡', 'Cards are accepted'),
  'creditCard.instalmentsFromYuan': name('满多少可分期', 'Instalments from', { unit: yuan, example: '600' }),
  'creditCard.periods': name('期数', 'Periods', { example: '3、6、12' }),
  'creditCard.services': name('分期方式', 'Services', { example: '花呗' }),
  cod: name('货到付款', 'Cash on delivery'),
  'cod.enabled': name('支持货到付款', 'Offered'),
  'cod.notIn': name('不支持的地区', 'Not in', { example: '西藏、新疆、港澳台' }),
};

/** The words of one parameter. @param steps as `products[2].priceYuan` in its steps */
export function wordsOf(steps: readonly (string | number)[]): ParameterWords | undefined {
  const found = named(steps);
  return found === undefined ? undefined : parameterWords[found];
}

/** Its name in the table: entries of lists as `[]`, an owner's own keys as `*`. */
function named(steps: readonly (string | number)[]): string | undefined {
  let known: readonly string[] = [''];
  for (const [at, step] of steps.entries()) {
    known = known.flatMap((above) => {
      const dot = above === '' ? '' : `${above}.`;
      // Products are named by their id in differences.
      return typeof step === 'number' || (at === 1 && steps[0] === 'products') ? [`${above}[]`] : [`${dot}${step}`, `${dot}*`];
    });
    known = known.filter((one) => names.has(one));
  }
  return known[0];
}

const names = new Set(
  Object.keys(parameterWords).flatMap((key) => {
    const parts = key.split(/(?=\.)|(?=\[\])/);
    return parts.map((_, at) => parts.slice(0, at + 1).join(''));
  }),
);

/** 运费 › 运费表 › 第 3 行 › 首重运费 */
export function pathInWords(steps: readonly (string | number)[], language: Language): string {
  const words: string[] = [];
  for (const [at, step] of steps.entries()) {
    const own = wordsOf(steps.slice(0, at + 1));
    const isKey = typeof step === 'string' && named(steps.slice(0, at + 1))?.endsWith('*') === true;
    if (typeof step === 'number') words.push(language === 'zh' ? `第 ${step + 1} 行` : `row ${step + 1}`);
    else words.push(isKey || own === undefined ? step : own[language]);
  }
  return words.join(' › ');
}
