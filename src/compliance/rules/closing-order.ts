/** Closing or cancelling an order that the buyer did not ask for himself, or threatening to. */
import { lines } from '../lines/closing-order.js';
import { patternRule } from '../pattern-rule.js';
import type { CheckContext } from '../rule.js';

const close = '(关闭|取消|关掉|关了|撤销|撤掉|撤了|作废)';
const asked =
  '(您|亲|买家|客户)(这边|自己|本人)?(申请|要求|提出|需要|想|发起|点击?|可以|操作)|(按|应|根据|依照?)(照)?您|如(您|需|要)|若|如果|需要的话|自动|超时|不会|不能|无法|没有权限|不可以|不要|请勿|之前|在“|自行|想要';
const wording = '亲，订单是否取消由您决定，需要的话请在订单页自己申请';

const isOwner = ({ orderOwner }: CheckContext) => orderOwner !== false;
const isStranger = ({ orderOwner }: CheckContext) => orderOwner === false;

/** What is wrong, for the agent. */
const why = {
  unasked: {
    zh: '没有下单账号本人的申请，不能关闭订单',
    en: 'an order may not be closed unless the account that ordered asks for it',
  },
  threatened: {
    zh: '不能用关闭订单催促买家',
    en: "closing the order may not be held over a buyer's head",
  },
  shortage: {
    zh: '缺货或价格原因也不能擅自关闭买家的订单',
    en: "not even a shortage or a wrong price lets a shop close a buyer's order",
  },
  strangerCloses: {
    zh: '对方不是下单账号，不能按他的话关闭订单',
    en: 'this account did not order: the order may not be closed at its word',
  },
};

export const rule = patternRule({
  id: 'closing-order',
  severity: 'points',
  points: 1,
  note: { zh: '每笔订单计1分', en: '1 point an order' },
  title: { zh: '擅自关闭订单', en: 'closing an order' },
  replaces: 'rest',
  learned: {
    lines,
    because: { zh: '没有买家的要求就关闭订单', en: 'closes an order that the buyer did not ask to close' },
    wording,
    when: isOwner,
  },
  breaches: [
    {
      find: `(我|我们|这边|客服|店里|小二|本店|店铺|卖家|仓库|直接|先|只能|只好|给您|帮您|替您|为您|一律|主动|统一)…{6}${close}了?(您的?|这个|这笔|该|此|本|全部|那个|那笔)?(订单|交易|单子)`,
      when: isOwner,
      unlessInSentence: asked,
      because: why.unasked,
      wording,
    },
    {
      find: `(我|我们|这边|客服|店里|小二|本店|店铺|卖家|仓库|直接|只能|只好|一律|主动|统一)…{6}(把|将)您?的?…{3}(订单|交易|单子?)…{3}${close}`,
      when: isOwner,
      unlessInSentence: asked,
      because: why.unasked,
      wording,
    },
    {
      find: `(订单|交易|单子|这单|那单)…{4}(我|我们|这边|店里|客服|卖家|仓库|给您|帮您|为您|替您|已被|被|先|直接|只能|就)…{4}${close}`,
      when: isOwner,
      unlessInSentence: asked,
      because: why.unasked,
      wording,
    },
    {
      find: `(不|没|再不|还不|未|不尽快|不及时)(付款?|支付|拍|确认|补|付钱|回复)‥{10}${close}(您的?)?(订单|交易|单)?(?!库存)`,
      onlyInText: '订单|交易|单',
      unlessInSentence: '自动|超时|系统|不会|您可以|如需',
      because: why.threatened,
      wording: '亲，您不用着急，方便的时候再付款就可以',
    },
    {
      find: `(缺货|没货|断货|无货|库存不足|发不了|标错|价格错|亏本|亏|活动结束|卖完)‥{12}${close}(了)?(您的?|这个|这笔)?(订单|交易|单)?`,
      onlyInText: '订单|交易|单',
      unlessInSentence: asked,
      because: why.shortage,
      wording,
    },
    {
      find: `${close}…{4}(订单|交易|单子)|(订单|交易|单子)…{8}${close}`,
      when: isStranger,
      unlessInSentence: '不能|无法|不可以|用下单|下单的?账号|本人|没有权限|不会|是否|由您|请在|自己|自行|自动',
      because: why.strangerCloses,
      wording: '亲，请用下单的账号来申请，我们核实后就处理',
    },
    {
      find: '(订单|交易|单子|这单|那单|单)‥{8}(我|我们|店里|这边|客服|仓库)…{3}(点了?|操作了?|弄|给)?(取消|关闭|关掉|撤销|撤掉|作废)|(不|没)(付|回|确认|拍|补|理|说|改|回复|付钱|收到款)‥{12}(订单|单子|单|交易)…{4}(关|取消|作废|撤)(啦|了|掉|闭|哦|$|[,.])|(今晚|今天|明天|现在|一律|统一|全部|批量)…{5}(给)?(大家|您|买家)?(取消|关闭|关掉)…{6}(订单|交易|单子|掉|$|[,.])',
      when: isOwner,
      onlyInText: '订单|交易|单',
      unlessInSentence: `${asked}|自动|超时|系统|不会|由您|您来|您决定|活动|(您|亲)取消`,
      because: why.unasked,
      wording,
    },
    {
      find: '(不|没|未)(付|付款|付钱|拍|支付|确认|回|回复)(的话)?‥{8}(我|我们|这边|店里|客服|小二)…{5}(取消|关掉|关闭|关单|关了|关订单|撤单)',
      unlessInSentence: '系统|平台|不会|不能|您可以|如需|活动|优惠',
      because: why.threatened,
      wording: '亲，您不用着急，方便的时候再付款就可以',
    },
    {
      find: '(不|没|未|再不)(付款?|拍|支付|付钱|确认)…{3}‥{4}(就|直接|先)…{3}(关单|关订单|关交易|撤单|砍单)|(我|我们|这边|店里|仓库|系统)…{4}(关单|砍单|撤单)(了|啦|哈|$|[,.])',
      unlessInSentence: '自动|超时|不会|不能|您(自己|申请|要求|可以)',
      because: why.unasked,
      wording,
    },
    {
      find: `(已经?|刚刚?|这就|马上)(把|将|帮|给|替)(您)?的?…{4}(订单|交易|单子?)…{3}${close}`,
      when: isOwner,
      unlessInSentence: `${asked}`,
      because: why.unasked,
      wording,
    },
    {
      find: '我(就|们|这边|已经?)*(把|将)您(的|那)?…{3}单…{3}(关|取消|撤|作废)|没(问|跟|和|通知|告诉)您…{4}(就)?(关|取消)',
      when: isOwner,
      unlessInSentence: '按您|您(本人|自己)?(申请|要求|说|让|点)|自动|超时|不会',
      because: why.unasked,
      wording,
    },
  ],
  examples: {
    pass: [
      '亲，需要取消的话请在订单页面自己申请哦',
      '超时未付款订单会自动关闭的',
      '您申请取消后款项原路退回',
      '已按您的要求取消订单，欢迎下次再来',
      '订单为您保留着，方便时再付款就可以',
      '我们不能替您关闭订单，要您自己操作一下',
      '缺货的这件，换款或者退款都由您选择',
    ],
    fail: [
      '我这边直接把您的订单关闭了',
      '缺货了，我们把订单给取消了',
      '再不付款我就关闭订单了',
      '订单我先给您关掉，您重新拍',
      '价格标错了，只能取消您的订单',
      '客服已经帮您取消交易了',
      '这单子我们作废，订单直接取消',
      '今天没付款的我们一律关闭订单',
      '活动结束了，订单给您取消哈',
      '卖家已关 闭 订 单，请重拍',
      '仓库说没货，这笔交易我们撤销了',
    ],
  },
});
