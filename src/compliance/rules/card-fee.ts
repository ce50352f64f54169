/** Credit cards: passing a fee to the buyer in whatever form, or refusing the card. Instalment fees of a bank are not ours. */

import { amount, demand, denied, deprived, rewarded } from '../acts.js';
import { lines } from '../lines/card-fee.js';
import { patternRule } from '../pattern-rule.js';
import type { CheckContext } from '../rule.js';

const wording = '亲，用哪种方式付款我们都不另收手续费，付款时按页面提示选择就好';
const notOurs =
  '(不|无需|无须|没有|免|零)(会|用|需要?|再|另外?|额外|收|加|承担|任何|产生|多|要|您)|免手续费|(银行|支付宝|平台|天猫|淘宝|我们|本店|店铺|商家|卖家)(会|来|自己)?(承担|收取|出)|为准|分期|(都|全|价格?)(是)?一样|没有?(区别|差别)';

/** The matter: the card itself, not a thing that is named after it. */
const card = '(信用卡|贷记卡|刷卡(?!器|机|槽|感应)|刷的…{2}卡|花呗|白条)';
const matter = '用卡|卡费|信用卡|贷记卡|刷卡|刷的|花呗|白条';
/** The card's own affairs, which are the bank's. */
const bankMatter = '分期|还款日|限额|账单|积分|额度|失败|刷卡器|卡包|卡套|卡夹|卡袋|消磁|绑定?卡|套现';
const rightlySaid =
  '(如果|要是|若|是否|能不能|可不可以|会不会|要不要|有没有)…{6}(?=[,.]|吗|信用卡|$)|不好意思|抱歉|别(急|担心)|不(用担心|影响|区分|分|限|收(您)?(任何|取|一分|您|额外|手续|费|刷卡|服务)|会(收|多|加|另|有|产生|影响)|用(另|额外|多|您|再|补|加|出|付)|需要?(另|额外|多|您|再|补|加|出|付)|另收|加收|额外|多收|加(价|钱|点)|清楚|确定|放心|急)|没(有)?(任何|额外|手续|其他|另外|问题|区别|差别|影响|关系)|无(需|须)?(任何|额外|手续|另|论)|免(收|手续|费)|(都|价格?|完全|全)是?一样|(加载|补发|补寄|多(谢|久|少))|(我们|店里|本店|商家|店铺)(自己|来|全)*(承担|出|付)|银行(会|那边)?(收|定|规定)|自己选';
const isAccepted = ({ cardAccepted }: CheckContext) => cardAccepted !== false;

/** What is wrong, for the agent. */
const why = {
  charged: {
    zh: '使用信用卡的费用不能以任何形式转给买家',
    en: 'no cost of a credit card may be passed to the buyer in any form',
  },
  punished: {
    zh: '不能因为买家使用信用卡而加价或取消优惠',
    en: 'prices may not rise and discounts may not end because a buyer pays by credit card',
  },
  refused: {
    zh: '平台默认支持信用卡，不能拒绝买家使用',
    en: 'the platform accepts credit cards: a buyer may not be refused one',
  },
  dissuaded: {
    zh: '不能要求买家不用信用卡',
    en: 'a buyer may not be asked to do without a credit card',
  },
  terms: {
    zh: '平台默认支持信用卡，不能拒绝、加价或转嫁费用',
    en: 'the platform accepts credit cards: no refusal, no surcharge, no fee passed on',
  },
};

export const rule = patternRule({
  id: 'card-fee',
  severity: 'points',
  points: 4,
  note: { zh: '各来源不一致：4分或6分', en: 'sources disagree: 4 or 6 points' },
  title: { zh: '信用卡手续费', en: 'credit-card fee' },
  replaces: 'rest',
  learned: {
    lines,
    because: {
      zh: '让买家承担刷卡或分期的费用，或不让用信用卡',
      en: 'makes the buyer bear a fee of a card or instalments, or refuses the card',
    },
    wording,
    when: isAccepted,
  },
  breaches: [
    {
      find: '(信用卡|花呗|刷卡)…{10}(加|收|付|补|扣|要|出|承担|贵|涨|多给|上浮|另算)(您|买家|取|个|额外|另外|一?点|的|多|加|收|付|出)*([\\d·]+(%|元|块|个?点)|[一二三四五六七八九十几两]+个?(点|元|块)|百分之|千分之|手续费|服务费|费用|刷卡费|费率|附加费|差价|钱|价)',
      unless: notOurs,
      because: why.charged,
      wording,
    },
    {
      find: '(信用卡|刷卡|花呗)…{4}(?<![没沒])有(一?点|个)?(手续费|服务费)|(手续费|刷卡费|服务费|费率|差价|费用|\\d(%|个点|元|块))…{6}(您|买家|客户|顾客|自己|自行)(这边|来|自己|自行)?(承担|出|付|负担|自理|补)|(手续费|刷卡费)…{4}(自理|自付|另算|另付|补)',
      onlyInText: '信用卡|花呗|刷卡',
      unlessInText: '分期',
      unless: notOurs,
      because: why.charged,
      wording,
    },
    {
      find: '(信用卡|花呗|刷卡)‥{14}(补|多付|多给|多转|加)(我们?|给我们?|您|个|一?点)*[\\d一二两三四五六七八九十几]+(元|块|个?点|%)',
      unless: notOurs,
      unlessInSentence: '顺丰|运费|邮费|分期|(不|无需|没有)(用|需|要|会|再|另|额外|收)',
      because: why.charged,
      wording,
    },
    {
      find: '(信用卡|花呗|刷卡)…{6}(贵|涨价|加价|加钱|没有?…{2}(优惠|赠品|礼品|折扣|活动|包邮)|不(送|给|包)…{3}(优惠|赠品|礼品|折扣|邮)|(优惠|活动|折扣|赠品)…{3}(没|取消|不能|不享)|另加|加收|多收|多付|多加|不优惠|没有优惠|没优惠|不包邮|恢复原价|按原价|(不|没法|无法|不能)(能)?(享受|参加|参与|用)…{3}(优惠|折扣|活动|满减))',
      unless: notOurs,
      because: why.punished,
      wording,
    },
    {
      find: '(没|没有|未)(开|开通|办|签|接|弄|装)…{2}信用卡|(刷卡|信用卡)(的)?价…{6}(高|贵|多)|(不|没|没有|没法|无法|不能|不可以|未|暂不|拒绝)(支持|能|可以|收|接受|开通|用|让|给|会|使用|付|刷|想收){0,2}(使?用|刷)?信用卡(?!手续|费|还款|分期|套|服务费|的?任何)',
      when: isAccepted,
      notAfter: '能|可|是|会|要|用|有|支持|让',
      unless: '分期|您的信用卡|如果|没有信用卡|套现',
      because: why.refused,
      wording,
    },
    {
      find: '信用卡…{5}(不支持|关闭|停用|停了|关掉|禁用|取消了|(用|收|接|走|做|开|支持|接受|处理)不(了|起|上)|用不了|不能用|付不了|不可以|不收(?!任何|手续|费|您|额外|取|服务|差价|差额)|没开通|未开通|没有开通|不能付|刷不了|不行|不接受|没法|关了|不给用)',
      when: ({ cardAccepted }) => cardAccepted !== false,
      unless: '分期|的话|如果|若|显示|提示|您的|为什么|额度',
      unlessInText: '额度|换一?张卡',
      because: why.refused,
      wording,
    },
    {
      find: '(不要|别)(用|刷)(信用卡|花呗)|(不要|别|不能|请勿|最好别|尽量别|尽量不|不建议|换掉|取消)(您|您用|再|使)?用?(信用卡|花呗)…{3}(付|支付|付款|买|拍|下单|了)|(换|改)(成|用)?(储蓄卡|余额|借记卡)…{4}(付|支付|再拍)‥{6}(信用卡|手续)',
      when: ({ cardAccepted }) => cardAccepted !== false,
      unless: '套现|分期',
      because: why.dissuaded,
      wording,
    },
    {
      find: '(信用卡|刷卡|花呗)…{8}(要|得|需|需要|会|另|额外|还)…{3}(给|掏|出|付|交|扣|收|加|补|贵|多|涨|贴|承担)…{4}([\\d·]+(个?点|%|元|块)|[一二三四五六七八九十几两]+个?(点|元|块)|百分之|千分之|手续费|服务费|通道费|刷卡费|费用|差价)|(手续费|刷卡费|通道费|服务费|费率)…{4}(您|买家|客户|自己|另|得|要|归|算)…{3}(出|付|承担|掏|给|负担|补|交|您|的)',
      onlyInText: '信用卡|刷卡|花呗',
      unless: `${notOurs}|如果|是否|退`,
      unlessInText: '分期',
      because: why.charged,
      wording,
    },
    {
      find: '(信用卡|刷卡|花呗)的?…{3}(手续费|服务费|费用|成本|费率|点数)‥{6}(算进|算在|加进|加在|加到|含在|摊|平摊|分摊|包含在|转嫁)',
      unlessInText: '分期',
      unless: '我们(自己)?(承担|出)',
      because: why.charged,
      wording,
    },
    {
      find: '(信用卡|花呗|刷卡)…{10}(赠品|礼品|礼物|优惠券?|折扣|小样|活动|满减)…{4}(不送|不给|没有|没了|取消|就没|不享|不能|用不了|拿不到|作废)',
      unless: notOurs,
      because: why.punished,
      wording,
    },
    {
      find: `${card}‥{20}(${demand}|认下|摊(?!平)|出一半|担(?!心|保))…{8}(${amount}|手续费|扣点|差额|差价|服务费|刷卡费|费用|费率|链接|给?店里|给?我们|一半|点($|[,.的哈哦呢]))|${card}‥{12}(每单|每笔)…{4}(付|加|收|交)|${card}‥{16}(多|加)(出|掏|付|收|给|要|个)…{2}${amount}|${card}‥{12}(加|收)(个|点|一点)*点(数|子)?(的|$|[,.])|${card}‥{12}(补|拍)…{4}(链接|补差|差价)`,
      notAfter: denied,
      unlessInText: bankMatter,
      unlessInSentence: `退|顺丰|运费差|邮费差|(不|无需|没有|无须|免|不用)…{2}(补|收|加|另付|额外|手续费)`,
      because: why.charged,
      wording,
    },
    {
      find: `谁用卡…{2}谁(出|付|承担)|(手续费?|卡费|扣点|费率|通道费|差额|差价|服务费|费用|${amount})‥{10}((您|客户|买家|下单人|顾客|用户|亲)(这边|那边|自己|来|给|也)*(补|担(?!心|保)|出|付|摊|认|垫|掏|分担|负担|承担)|一人一半|各(出|付|承担)?一半|补(齐|上|一?下|给|差)(?!您))`,
      notAfter: denied,
      onlyInText: matter,
      unlessInText: bankMatter,
      unlessInSentence: `退|(不|无需|没有|无须|免|不用)(用|需要?|会|再|另外?|额外|让|要)?(您|买家|客户|顾客)?(补|收|加|承担|出|付)`,
      because: why.charged,
      wording,
    },
    {
      find: `(信用卡|贷记卡|刷卡)(付款?|支付|价格?|的话|买|拍|就?是|要|得|就|算|加|,)*([\\d·]+|[一二三四五六七八九十几]{1,3})(元|块|$|[,.])|(储蓄卡|借记卡|余额|零钱|现金价?|现付|微信|支付宝)…{10}${rewarded}|(不(走|用|刷|选|使用)|避开|别(走|用|刷|选)|换个?(方式|方法|渠道))…{12}${rewarded}|(付|卡|走)…{3}${rewarded}…{6}(信用卡|贷记卡|刷卡|花呗)…{2}(没|不|无)`,
      onlyInText: matter,
      unlessInText: `${bankMatter}|一样|都(有|送|可以|能|行)|满…{5}减`,
      unlessInSentence: '不影响|没有?区别|银行(的|有)|平台(的|有)',
      because: why.punished,
      wording,
    },
    {
      find: `${card}‥{12}${deprived}|${card}‥{8}(优惠|活动|特价|这个)价?…{6}(给不|拿不|享不|没|不)|${card}…{6}不打折`,
      unlessInText: bankMatter,
      unlessInSentence: '影响|一样|也(送|有|能|可以|包|享)|照样|照送|没(有)?区别',
      because: why.punished,
      wording,
    },
    {
      find: `(信用卡|贷记卡|刷卡|刷的…{2}卡)‥{14}(不(收(?!任何|手续|费|您|额外|取|服务|钱|一分|差)|做|接|让|给(?!您加)|办|弄|搞|开|走|发(?!票)|成(?!问题|功)|划算|受理|方便|想|愿|肯)|没(得|法|用(?!上|过|完)|签|开|弄|接|装)|一概|一律|拒|亏|暂停|停(了|掉|用)|关(了|掉|闭|停)|收不|刷不|走不|用不|过不(了|去)|做不|受不了|没有?(开|弄|办|签|接|做))|避开…{4}信用卡`,
      when: isAccepted,
      unlessInText: `${bankMatter}|提示|显示|如果|换(一?张|个)卡|收不到`,
      unlessInSentence: '(不(用|会|额外|再|另外?|需要)|没有|免|一律不|都不)(收|加|有|任何|您|一)*…{2}(费|钱)|担心|放心',
      because: why.refused,
      wording,
    },
    {
      find: `(换|改|重新)…{6}(储蓄卡|借记卡|余额|零钱|别的|其他|方式|方法|支付宝|微信|付款|渠道)|(取消|退|撤)…{6}(重新|重)(拍|付|下|用|支付)|(能|可以?)不(能|可以)?…{2}(别|不|换)…{3}(用|刷|走)?(信用卡|刷卡)|(尽量|最好|请|麻烦|劝您)…{3}(别|不|少|避)(要|用|开|选|刷)*(信用卡|刷卡)|能不用…{2}(信用卡|刷卡)`,
      onlyInText: '信用卡|贷记卡|刷卡',
      when: isAccepted,
      unlessInText: `${bankMatter}|提示|显示|如果|换(一?张|个)卡|退货|退换|不放心|安全|也(可以|能|行)|都(可以|能|行)|(一|哪)张|试试`,
      because: why.dissuaded,
      wording,
    },
    {
      find: `(信用卡|贷记卡|刷卡|花呗|白条)‥{16}((不|没|无|拒|别(?![人的])|免谈|停|关掉|关了|晚[几两一\\d]|慢|最后|等几|换(个|成|一)|倒贴|心疼|成本|吃亏|亏|扣(我|咱|得|钱|点)|给平台|被平台|贵|另(一|外的)|(不一样|别的|高)的?价)|(产生|会有|有)…{6}(费|${amount})|(由|归|让|算)(您|买家|客户)|(这个|这笔|这部分)(钱|费)‥{4}您)|(不|别|没|拒)(要|用|收|选|刷|走|开|支持|接受|做|接|建议|太想)+…{2}(信用卡|贷记卡|刷卡|白条)|(我们|店里|商家|我)…{3}(\\d+|[一二两三四五六七八九十几]+)(元|块|%|个点)`,
      onlyInText: '信用卡|贷记卡|刷卡|花呗|白条',
      when: isAccepted,
      setAside: rightlySaid,
      unlessInText: `${bankMatter}|风控|发卡行|银行(卡)?(不|限|拒)|重新登录|刷新|付不了|支付不了|付款不成功|不能用|也(可以|能|行)|都(可以|能|行)|货到付款`,
      unlessInSentence:
        '能选|可选|其中|退款|退回|也(有|送|包|能|可以)|影响|一样|(不|没有?)(另外?|额外)?(加|收)(任何|您)?(手续费|费用|差价|钱)',
      because: why.terms,
      wording,
    },
    {
      find: `(转|补|付|给|加|退)(给|还)?(我们|我|店里|商家)…{3}${amount}|(服务费|手续费|扣的|费用)…{6}(加|算|摊)(到|在|进)…{3}(您|货款|价|里)|(分期|手续费)…{6}(我们|店里|商家)(先)?垫…{8}(转|补|付|给)`,
      onlyInText: '信用卡|贷记卡|刷卡|花呗|白条|分期',
      unlessInText: '退货|邮费|运费|活动',
      because: why.charged,
      wording,
    },
  ],
  examples: {
    pass: [
      '亲，可以用信用卡的，不收任何手续费',
      '信用卡付款和其他方式价格一样哦',
      '花呗分期的手续费以收银台显示为准',
      '分期费用由银行收取，期数可以在付款页选择',
      '如果您的信用卡不能用，可以换一张卡再试试',
      '秒杀商品不支持信用卡分期，可以直接付全款',
      '店铺已开通信用卡支付，手续费由我们承担',
    ],
    fail: [
      '用信用卡的话要加收1%手续费哦',
      '信用卡付款需要您补3元手续费',
      '刷卡的手续费您来承担可以吗，信用卡都这样',
      '信用卡要多付5块',
      '我们不支持信用卡的',
      '信用卡用不了哦，换个方式吧',
      '花呗付款要收百分之一的服务费',
      '信用卡付款就没有优惠了',
      '麻烦别用信用卡付款哈',
      '信 用 卡 加 收 2 个 点',
      '信用卡支付不接受的呢',
      '刷卡费买家自理，信用卡1.5%',
    ],
  },
});
