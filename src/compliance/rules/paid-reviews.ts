/** Paying for good reviews (好评返现) and for taking bad ones back. Gifts for any honest review are the platform's own campaigns. */
import { lines } from '../lines/paid-reviews.js';
import { patternRule } from '../pattern-rule.js';

const good = '(好评|五星|5星|满分|全五分|全5分|晒图好评|带图好评|好的评价|五分好评|追评)';
const pay = '(返现?|返还|返您|退您|红包|现金|返利|返券|奖励|补贴|送您?|给您?(转|发|返|退|补)|领|得|换|免单|打款|转账)';
const wording = '亲，评价按您的真实感受写就好，您的建议我们都会认真看';
const because = {
  zh: '用返现、红包或赠品换好评，平台和法规都不允许',
  en: 'the platform and the law forbid paying for good reviews with cash, red packets or gifts',
};
const refused =
  '(不|没有|没|无|不会|不能|禁止|不参与|不支持|请勿|谨防|从不|拒绝)(做|搞|有|提供|参与|允许|支持|用|需要)?…{10}|不(管|论)';

/** What is wrong, for the agent. */
const why = {
  changed: {
    zh: '用钱物换买家修改或删除差评，平台不允许',
    en: 'the platform forbids paying a buyer to change or delete a bad review',
  },
  tied: {
    zh: '不能以好评作为发货、退款或售后的条件',
    en: 'dispatch, refund or service may not depend on a good review',
  },
};

export const rule = patternRule({
  id: 'paid-reviews',
  severity: 'block',
  points: 0,
  note: {
    zh: '诱导好评违反平台评价规则和《网络交易监督管理办法》，各平台扣分不一',
    en: "against the platform's rules on reviews and the law on online trade; points differ by platform",
  },
  title: { zh: '好评返现', en: 'paying for good reviews' },
  replaces: 'rest',
  learned: { lines, because, wording },
  breaches: [
    {
      find: `${good}‥{10}${pay}…{2}([\\d·]+|[一二两三四五六七八九十几]+)?(元|块|毛|现|红包|券|礼|小样|袜子|现金|积分|支付宝|微信|一份|一个|件|双|$|[,.])`,
      notAfter: refused,
      unlessInSentence: '没有返|不返|无返|平台(的|送|奖励|活动)|不做|不参与',
      because,
      wording,
    },
    {
      find: `(返现|红包|返\\d+|返[一二三四五六七八九十]|免单|送…{3}|奖励…{3})‥{8}(好评|五星|5星|晒图|带图|五分|满分)|(好评|五星|晒图)(返|有礼|有奖|有红包|返现|卡)`,
      notAfter: refused,
      unlessInSentence: '没有返|不返|无返|平台(的|送|奖励|活动)|不做|不参与|好坏都|真实|求个',
      because,
      wording,
    },
    {
      find: '(删|改|撤|去掉|撤销|修改|删除|撤回)(一下|掉|了|个)?…{3}(差评|中评|评价|评论)‥{10}(退|返|补|送|给您|红包|赔|转|免)|(差评|中评|评价|评论)…{3}(删|改|撤|去掉)(了|掉|一下)?‥{8}(退|返|补|送|红包|赔|转)|(退|返|补偿|补|送|红包|赔|转)‥{12}(删|改|撤|去掉|撤销|修改|删除|撤回)(一下|掉|了|个)?…{3}(差评|中评|评价|评论)',
      notAfter: refused,
      unlessInSentence: '不(会|能|要求|需要)|无法|权利|真实',
      because: why.changed,
      wording,
    },
    {
      find: '(必须|一定要|只能|不|没)(给|打|评|写|点)?…{2}(好评|五星|5星)‥{4}(才|就|否则|不然|再|不)…{4}(发货|退款|退|保修|售后|处理|返|赔|发)',
      because: why.tied,
      wording,
    },
    {
      find: '(评价|评论)…{2}(写|给|打)?(得)?(好|高|漂亮|用心|走心|满)…{2}(一?点|些|看|分)?‥{6}(补偿|给您…{2}红包|小红包|返|送您?|退您|奖励)…{6}(红包|[\\d·]+|[一二两三四五六七八九十几]+(元|块|毛)|券|礼|$|[,.])',
      unlessInSentence: '没有|不返|无返|平台(的|送|奖励|活动)|不做|真实',
      because,
      wording,
    },
    {
      find: '(改|换|修改)(成|为|到|个)(好评|五星|5星|满分)‥{12}(补|退|返|送|给您|赔|红包|券|优惠)|(补|退|返|送|赔|红包)‥{12}(改|换|修改)(成|为|到|个)(好评|五星|5星|满分)',
      notAfter: refused,
      unlessInSentence: '不(会|能|要求|需要)|无法|真实',
      because: why.changed,
      wording,
    },
    {
      find: `${good}(的话|后|了|之后|截图)‥{10}(减|便宜|少收|优惠|抵)(您)?…{2}([\\d·]+|[一二两三四五六七八九十几]+)(元|块|折)|${good}(的话|后|了|之后|截图)‥{10}打[\\d一二三四五六七八九]折|${good}‥{8}(找|跟|问)我(要|领|拿|换)`,
      notAfter: refused,
      unlessInSentence: '不返|无返|平台(的|送|奖励|活动)|不做|不参与|好坏都|真实',
      because,
      wording,
    },
    {
      find: '(取消|去除|隐藏|撤)…{2}(差评|中评)‥{10}(退|返|补|送|给您|红包|赔|转)',
      notAfter: refused,
      unlessInSentence: '不(会|能|要求|需要)|无法|真实',
      because: why.changed,
      wording,
    },
  ],
  examples: {
    pass: [
      '满意的话求个好评哦，谢谢您',
      '评价按真实感受写就好',
      '我们没有好评返现的活动',
      '晒图好坏都可以参加平台的抽奖活动',
      '五星好评是对我们的鼓励',
      '评价送的积分是平台活动给的',
      '亲，好评随意，有问题先找我处理',
    ],
    fail: [
      '收到给个五星好评返3元',
      '好评返现5元，截图找我领',
      '晒图好评送您红包',
      '给好评可以领一份小礼物',
      '返现2元，只要五星带图',
      '全五分送小样',
      '您把差评删了我退您20元',
      '给您补偿10块，麻烦修改一下评价',
      '不给好评不给退款的哦',
      '好 评 返 現',
      '五星好评有奖，加购物券一张',
      '撤一下中评，红包马上给您',
    ],
  },
});
