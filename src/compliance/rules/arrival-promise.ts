/** A definite day of arrival or dispatch: couriers are not ours to command. "Normally 2-3 days" is no promise. */
import { lines } from '../lines/arrival-promise.js';
import { patternRule } from '../pattern-rule.js';

const dayWords =
  '(明儿|后儿|今儿|今天|今晚|今日|今早|明天|明晚|明日|明早|后天|大后天|次日(?!达)|隔天|隔日|第二天|第三天|这?下?个?(周|星期|礼拜)[一二三四五六日天末]|周末|月底|\\d{1,2}月\\d{1,2}[日号]|\\d{1,2}[日号]|[一二三]?十?[一二三四五六七八九十][日号]|(春节|过年|年|国庆|中秋|端午|元旦|假期|生日|双十一)(之)?前|节前|年前|(生日|婚礼|开学|结婚|考试|出发)(那天|当天|之前|以前|前))';
const arrive =
  '(到货|到达|送达|送到|能到|就到|会到|可到|必到|必达|准达|准到|包到|到您?手|到家|收到(?!您|货|后|退|换|款|反馈|消息|通知|了您|货物)|收到货(?!后|了?吗|再|请)|签收(?!后|时|前|了?吗|之)|拿到|妥投|送货上门|送上门|收着|收货(?!后|地址|人|时|了?吗|信息)|用上|穿上(?!试)|吃上|(?<![打转汇退返拨想看查找听遇碰提说问系做办达直])到(?!账|期|店|周|星期|礼拜|月|岗|付|时|了?(分拨|中转|转运|集散|网点|站点|驿站|机场|海关|仓|当地)|底|处|家居|目前|现在|位|访|帐|此|来|场|差|款|这|那|哪|仓|货|达|手|家|今|明|后|[\\d一二三四五六七八九十]))';
const certain =
  '(保您|保准|包管|准能|包到|妥妥|一定|肯定|保证|必|必定|必须|绝对|准|保准|包您|铁定|百分百|百分之百|100%|妥妥|确保|担保|承诺|放心|打包票|稳稳)';
const denied =
  '不一定|不(能|敢|好|可|会)(保证|确保|承诺|肯定|担保|绝对)|(没法|无法|没办法|难以|未必|并非)…{2}(保证|确保|承诺|肯定|一定)|不(保证|承诺|确定)|(不敢|不好|没法|没办法|无法|难)(跟|和|给|向)?(您|亲)?(说|讲|打|做|答应|定)';
const hedged = `邮箱|发票|(?<!能|就|会|可以|准|定|证|您)收到了|退回|寄回|预计|预估|大概|大约|估计|一般|正常|通常|左右|可能|应该|争取|尽量|如果|要是|分拨|中转|转运|集散|能不能|能否|会不会|是否|显示|物流信息|补货|新货|上架|入库|为准|最快|最晚|最迟|吗|什么时候|已经?|前后|回复|联系|处理|上班|客服|答复|或者?|至|会尽快|力争|希望|但愿|祝|还没|没(?!问题|事)有?|参考|看|受|影响|延迟|顺延|昨天|前天|退款|赔付|理赔|到账|${denied}`;
const wording = '亲，路上的时间要看快递，请以物流更新为准哦';

/** What is wrong, for the agent. */
const why = {
  day: {
    zh: '快递时间不由店铺决定，不能承诺哪天到',
    en: 'the courier decides when it comes: no day of arrival may be promised',
  },
  days: {
    zh: '快递时间不由店铺决定，不能承诺几天到',
    en: 'the courier decides when it comes: no number of days may be promised',
  },
  dispatch: {
    zh: '发货时间按店铺规则说明即可，不要打包票',
    en: "say when it ships by the shop's rule, and vouch for nothing",
  },
  inTime: {
    zh: '快递时间不由店铺决定，不能承诺赶得上',
    en: 'the courier decides when it comes: nobody can promise that it is in time',
  },
};

export const rule = patternRule({
  id: 'arrival-promise',
  severity: 'hint',
  points: 0,
  title: { zh: '承诺到货日', en: 'promise of a day' },
  replaces: 'clause',
  learned: { lines, because: { zh: '说定了发货或到货的日子', en: 'promises a day of dispatch or arrival' }, wording },
  breaches: [
    {
      find: `${dayWords}…{6}${arrive}`,
      unlessInSentence: hedged,
      because: why.day,
      wording,
    },
    {
      find: `${dayWords}…{5}${certain}…{4}(到|送达|收到|拿到|签收|送到)|${certain}…{5}${dayWords}…{5}(到(?!岗|店|账)|送达|收到|拿到|签收|送到)`,
      unlessInSentence: denied,
      because: why.day,
      wording,
    },
    {
      find: `(?<![\\d\\-至到、一二两三四五六七八九])([\\d·]{1,3}|[一二两三四五六七八九]|十[一二三四五]?)个?(天|小时|工作日)(必达|必到|准到|包到|到)($|[,.货您家哦呢了的啦])|(?<![\\d\\-至到、一二两三四五六七八九])([\\d·]{1,3}|[一二两三四五六七八九]|十[一二三四五]?)个?(天|小时|工作日|日)(内|之内|以内|就|${certain}|能|即可|可以?|直接){1,3}…{2}${arrive}`,
      unlessInSentence: hedged,
      because: why.days,
      wording,
    },
    {
      find: `${certain}…{4}([\\d·-]{1,5}|[一二两三四五六七八九十]+)个?(天|小时|工作日|日)(内|之内|以内|就|能|可以)*…{3}(到(?!账)|送达|收到|拿到|签收|送到)|([\\d·-]{1,5}|[一二两三四五六七八九十]+)个?(天|小时|工作日|日)(内|之内|以内|就|能|可以)*${certain}…{3}(到(?!账)|送达|收到|拿到|签收|送到)`,
      unlessInSentence: denied,
      because: why.days,
      wording,
    },
    {
      find: `(${dayWords}|当天|马上|今天内|[\\d·]{1,3}小时|[一二两三]天)…{6}${certain}…{4}(发货|发出|寄出|发走|发掉|出货|揽收|给您发(?!票|消息|信)|发(哦|呢|的|啦|货)?($|[,.]))|${certain}…{4}(${dayWords}|当天|[\\d·]{1,3}小时|[一二两三]天)…{4}(发货|发出|寄出|发走|发掉|出货|给您发(?!票|消息|信))`,
      unlessInSentence: `${denied}|赔付|超时|平台规(定|则)|赔您`,
      because: why.dispatch,
      wording: '亲，我们会按顺序尽快发出，具体以订单页显示为准',
    },
    {
      find: `(赶得上|赶得及|来得及|不耽误|误不了|耽误不了|不会耽误)(您|在)?…{3}(${dayWords}|周末|生日|婚礼|结婚|开学|考试|过年|国庆|中秋|端午|元旦|春节|五一|十一|母亲节|情人节|七夕|圣诞|假期|出发|旅游|用|穿)|${dayWords}…{6}(赶得上|赶得及|来得及)(?!申请|退|改|参加|付)`,
      unlessInSentence: '吗|如果|要是|不一定|不好说|没法|无法|不敢|能否|是否|能不能|不确定|发货|拍|下单|领|活动|优惠|预售|付款',
      because: why.inTime,
      wording,
    },
    {
      find: `(最晚|最迟|最多)…{3}${dayWords}…{5}(到|送到|收到|拿到|送达|签收|到手)`,
      unlessInSentence: '预计|预估|大概|估计|一般|吗|通常|退款|到账|联系|处理|回复|仓',
      because: why.day,
      wording,
    },
    {
      find: `${dayWords}‥{12}(一定|肯定|绝对|保证|准|必须)(能|会|可以|给您)?(到(?!账|店|岗|时|期|底)|送到|收到|拿到)`,
      unlessInSentence: denied,
      because: why.day,
      wording,
    },
    {
      find: `(?<![\\d\\-到])(一两|1-2|1到2|一到两|一二)个?天(就|能|内|之内|以内|即可|可以|便){1,2}(能|可|会)?…{2}${arrive}`,
      unlessInSentence: hedged,
      because: why.days,
      wording,
    },
  ],
  examples: {
    pass: [
      '亲，一般发出后2-3天到哦',
      '明早9点客服回复您',
      '16:00前付款的当天发货，之后的次日发出',
      '预计后天能到，具体以物流为准',
      '物流显示明天派送，请留意电话',
      '到货时间我们不能保证，会帮您催快递',
      '退款3天内到账，请留意支付宝',
      '今天收到您的退货后会尽快处理',
    ],
    fail: [
      '明天一定到',
      '后天肯定能收到的',
      '今天发明天就到',
      '保证三天内送到',
      '周五前必到',
      '下周一就能拿到',
      '3天就到了亲',
      '10月8日送达',
      '放心，国庆前一定收到',
      '今天肯定给您发货',
      '明 天 绝 对 到',
      '48小时内包您收到',
      '後天準到',
    ],
  },
});
