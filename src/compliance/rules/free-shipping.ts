/** Free shipping: promised wider than the shipping template gives it, or postage asked for afterwards. */
import { wideClaims } from '../free-shipping-claims.js';
import { patternRule } from '../pattern-rule.js';

const because = '包邮或付款之后又要买家补邮费';
const wording = '亲，已付款的订单邮费不会再加收，请您放心';
const optional =
  '顺丰|指定|京东|ems|加急|改快递|换快递|(不|无需|无须|不用|没有)(用|需要?|会|再|另|必|让您|收)…{2}(补|付|加)|退货|换货|寄回|退差|退还|已补|改地址|邮费险|运费险';

export const rule = patternRule({
  id: 'free-shipping',
  severity: 'points',
  points: 4,
  title: { zh: '包邮承诺', en: 'free-shipping promise' },
  breaches: [
    {
      find: '(包邮|免邮|免运费)‥{16}(补|加|付|收|交|另算)(一下|下|个|点|交|付|收|您|[\\d一二三四五六七八九十几]+(元|块))*的?(邮费|运费|快递费|邮差|差价|邮)',
      unlessInSentence: `${optional}|满|不包邮|除外|偏远|新疆|西藏|不到|不足|未满|没满`,
      because,
      wording,
    },
    {
      find: '(付款|拍下|下单|付了款|付完款|拍了|买了|成交|付钱)(后|了|之后|以后|的)?‥{8}(补|加付|另付|再付|追加)(一下|下|个|点|交|付|您|[\\d一二三四五六七八九十几]+(元|块))*的?(邮费|运费|快递费|邮差|运费差)',
      unlessInSentence: optional,
      because,
      wording,
    },
    {
      find: '(补|加付|另付|再付|追加)(了|一下|下|个|点|交|付|上|齐|您|[\\d一二三四五六七八九十几]+(元|块))*的?(邮费|运费|快递费|邮差|运费差|邮)…{4}[,]?(我们)?(才|再)(能|给|可以|会)*(您)?(发|寄|安排)|(邮费|运费|快递费)(先)?补…{8}(发货|寄出|给您发|再发)|(邮费|运费|快递费)…{3}(没|不)(付|补|够|齐)…{4}[,]?…{3}(不|没法|无法|不能)(给|能)?(您)?(发|寄)',
      unlessInSentence: optional,
      because,
      wording,
    },
    {
      find: '(虽然|说是|写的?是?|页面)(写)?(的)?…{3}(包邮|免邮)‥{12}(但|不过|可是|其实|要|得|需)‥{8}(邮费|运费|快递费|钱)',
      unlessInSentence: optional,
      because,
      wording,
    },
  ],
  also: wideClaims,
  examples: {
    context: { freeShipping: { excludes: ['新疆', '西藏', '香港'], fromYuan: 95, fromItems: 2 } },
    pass: [
      '亲，满95元包邮，新疆西藏除外',
      '全店满2件包邮，偏远地区不包邮哦',
      '这款不包邮，运费8元',
      '您还差12元就包邮啦',
      '您选的两件合计128元，已经包邮了',
      '新疆不包邮，首重18元',
      '指定顺丰的话需要补15元运费差价',
      '包邮条件以页面显示为准',
      '您这单已经满足包邮，不用另付运费',
      '全国大部分地区满九十五元包邮，新疆、西藏、香港除外',
    ],
    fail: [
      '亲，全国包邮的',
      '都包邮的，放心拍',
      '新疆也包邮哦',
      '满50元就包邮',
      '一件也包邮',
      '任何地区我们都免邮',
      '包邮的亲，直接拍就行',
      '拍下后麻烦补一下邮费',
      '虽然页面是包邮，但您那边要补10元运费',
      '补了邮费我们才能发货',
      '西藏满95元包邮',
      '全 場 包 郵',
      '满三十块包邮',
    ],
  },
});
