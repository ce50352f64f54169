/**
 * What the shop's own data deny: a compensation beyond the shop's, a material that is not so pure, a scarcity that the stock
 * does not show, a weak side that the shop itself admits. Held against `CheckContext.compensation` and `goods`; of what is not
 * known nothing is found but what an agent has to look up before saying it.
 */
import type { Folded } from '../fold.js';
import { numberOf } from '../free-shipping-claims.js';
import { admitted, materialWords, purityOf, scarcityOf, weakWords } from '../goods.js';
import { asWording } from '../known-false.js';
import { clauseAround, type Place, patternRule, sentenceAround } from '../pattern-rule.js';
import type { CheckContext, Sentence } from '../rule.js';

const why = {
  compensation: {
    zh: '比店里设置的假货赔付多，答应了就得照赔',
    en: 'it promises more for a fake than the shop has set: what is promised must be paid',
  },
  noCompensation: {
    zh: '店里没有设置假货赔付，请先核对再答应',
    en: 'the shop has set no compensation for a fake: look it up before promising one',
  },
  mixed: {
    zh: '和店里填的材质不符，不是单一材质',
    en: 'by the material that the shop has set it is not of this alone',
  },
  unstated: {
    zh: '店里没有填这样的材质，请先核对吊牌再说',
    en: 'the shop has not set such a material: look at the label before saying so',
  },
  plenty: {
    zh: '和店里的库存不符，紧缺只能照实说',
    en: 'the stock says otherwise: scarcity may be said only where it is true',
  },
  uncounted: {
    zh: '库存不清楚，请先核对再说紧缺',
    en: 'the stock is not known: look it up before speaking of scarcity',
  },
  weakness: {
    zh: '和店里写明的商品信息不符',
    en: 'the shop itself says otherwise of the goods',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

const times =
  /假[一1](?:赔付?|罚|陪|培|配|赔偿)([\d零一二两三四五六七八九十百千万]+)|假(?:货|的|一件)[^.]{0,6}赔(?:您|付|偿)*([\d零一二两三四五六七八九十百千万]+)倍/g;
const denied =
  /(?:不是|没有|没|并非|不敢说?|不能|不支持|不做|达不到|算不上|谈不上|不一定|未必|不算|非|不会|还没|不至于|不)(?:到|说|都|是|会|能)*$/;
/** What is asked, thought of or told of before is no claim. */
const open = /吗|么[.]?$|是否|是不是|如果|要是|万一|一旦|假如|以免|避免|免得|怕|上次|之前|去年|以前|曾/;

const chineseDigits = '零一二三四五六七八九十';

function compensationClaims({ text }: Folded, { compensation }: CheckContext): readonly Place[] {
  if (compensation === undefined || !text.includes('假')) return [];
  const places: Place[] = [];
  for (const match of text.matchAll(times)) {
    const { index: start } = match;
    const words = match[1] ?? match[2]!;
    // 假一赔万 is an absolute word.
    if (words === '万') continue;
    const promised = words.includes('万') ? Number.POSITIVE_INFINITY : numberOf(words);
    if (promised <= (compensation === 'none' ? 0 : compensation)) continue;
    if (denied.test(text.slice(Math.max(0, start - 6), start)) || /^(?:吗|么)/.test(text.slice(start + match[0].length)))
      continue;
    places.push({
      start,
      end: start + match[0].length,
      because: compensation === 'none' ? why.noCompensation : why.compensation,
      wording:
        compensation === 'none'
          ? '亲，正品保障以商品页的服务说明为准'
          : `亲，正品保障是假一赔${chineseDigits[compensation] ?? compensation}，详情可以看商品页`,
    });
  }
  return places;
}

const all = '(?:百分之百|百分之一百|百分百|(?<!\\d)[1l][0o]{2}%)';
/** 纯棉的会缩一点: of any such goods, not of these. */
const ofAll = '(?!的?(?:东西|衣服|面料)?(?:都|也)?(?:会|一般|通常|容易|比|和))';
const pure = new RegExp(
  `(${all})(?:的)?(?:纯|全|正宗|天然)*(?:${materialWords})${ofAll}|(?<![清单])纯正?(?:的)?(?:${materialWords})${ofAll}`,
  'g',
);
/** Another part, another thing, or a likeness: not what the product is made of. */
const otherPart =
  /里料|里布|里子|内里|内衬|衬里|内胆|填充|充绒|包装|袋子|辅料|夹层|滚边|罗纹|领口|另一?款|另外|别的款|其他款|其它款|同款|手感|质感|类似|媲美|比纯|比1|差不多|还是|跟纯|和纯|如[同果]|像|看看|考虑|推荐|适合|要不/;

/** What is claimed, and neither denied right before it nor asked. @param before units that a denial stands before it at most */
function* claimsIn(text: string, claim: RegExp, before: number) {
  for (const match of text.matchAll(claim)) {
    const { index: start } = match;
    const end = start + match[0].length;
    const clause = clauseAround(text, start, end);
    if (!denied.test(text.slice(Math.max(0, start - before), start)) && !open.test(clause)) yield { match, start, end, clause };
  }
}

function materialClaims({ text }: Folded, { goods }: CheckContext): readonly Place[] {
  if (goods === undefined) return [];
  const places: Place[] = [];
  for (const { match, start, end, clause } of claimsIn(text, pure, 6)) {
    if (otherPart.test(clause)) continue;
    // A product may be called so: 纯棉打底衫.
    if (goods.list.some(({ title }) => title.includes(text.slice(start, end)))) continue;
    const found = goods.list.map((good) => purityOf(good, match[0]));
    const isWhole = match[1] !== undefined;
    const [only] = goods.list;
    if (goods.isMeant && only !== undefined) {
      if (found[0] === 'pure' || (found[0] === 'unstated' && !isWhole)) continue;
      const { material } = only;
      const isTold = found[0] === 'mixed' && material !== undefined && material.length <= 40;
      places.push({
        start,
        end,
        because: found[0] === 'mixed' ? why.mixed : why.unstated,
        wording: isTold ? `亲，这款的材质是${material}` : '亲，材质以吊牌和详情页标注的为准',
      });
    } else if (isWhole && found.length > 0 && !found.includes('pure'))
      places.push({ start, end, because: why.unstated, wording: '亲，材质以吊牌和详情页标注的为准' });
  }
  return places;
}

const measure = '(?:件|条|双|套|只|顶|张|盒|瓶|箱|包|袋|把|支|台|个(?!问题|月|星期|小时|名额|步|环节|颜色|色|码|尺码))';
const scarce = new RegExp(
  `(?:仅|只|就|单)(?:剩|余)下?(?:最后)?(?:这|的)?([\\d一二两三几]+)${measure}|最后(?:的|这)?([\\d一二两三几]+)${measure}|(?:马上|快|快要|即将|就要|眼看|随时)(?:就|都|会|要)*(?:没货|卖完|卖光|卖没|售罄|断货|抢光|抢完|抢空|缺货|断码)|(?:库存|现货|货)(?:真的|已经|都)?(?:不多|告急|紧张|见底|有限|所剩无几)|所剩(?:不多|无几)|手慢无`,
  'g',
);
/** Few of something else: coupons, places, days. */
const notGoods = /券|名额|红包|赠品|礼品|小样|活动|优惠|福利|天|小时|快递|时间|次/;
const ofSome = /码|色|号|款式|这件|那件/;

function scarcityClaims({ text }: Folded, { goods }: CheckContext): readonly Place[] {
  if (goods === undefined) return [];
  const places: Place[] = [];
  for (const { match, start, end, clause } of claimsIn(text, scarce, 4)) {
    if (notGoods.test(clause)) continue;
    const words = match[1] ?? match[2];
    const left = words === undefined || words.includes('几') ? undefined : numberOf(words);
    const isOfSome = ofSome.test(sentenceAround(text, start, end));
    const told = goods.list.map((good) => scarcityOf(good, left, isOfSome, goods.lowStock));
    const verdict = goods.isMeant ? (told[0] ?? 'unknown') : 'unknown';
    if (verdict === 'true') continue;
    places.push(
      verdict === 'false'
        ? { start, end, because: why.plenty, wording: '亲，还剩多少以商品页显示的为准，喜欢的话您慢慢看' }
        : { start, end, because: why.uncounted, wording: '亲，还剩多少以商品页显示的为准，我先帮您核对一下' },
    );
  }
  return places;
}

/** Said of a measure, or in part, it may be true: 不会起很多球. */
const inPart = /^(?:很|太|多|严重|厉害|明显|得|的?(?:很|太)|大|到)/;

function weaknessClaims({ text }: Folded, { goods }: CheckContext): readonly Place[] {
  if (goods === undefined || !goods.isMeant || !/[不无零没]/.test(text)) return [];
  const places: Place[] = [];
  for (const [label, words] of admitted(goods)) {
    const claim = new RegExp(
      `(?<![会起掉缩褪变有])(?:不|不会|不可能|没有|没|无|零|0)(?:会|再|可能|有|任何|一点儿?)*(?:${weakWords(label)})`,
      'g',
    );
    for (const match of text.matchAll(claim)) {
      const { index: start } = match;
      const end = start + match[0].length;
      const clause = clauseAround(text, start, end);
      if (inPart.test(text.slice(end, end + 3)) || open.test(clause) || hedged.test(clause)) continue;
      places.push({ start, end, because: why.weakness, wording: asWording(words) });
    }
  }
  return places;
}

/** 不敢说不起球, 放心洗的话就不缩水: no plain denial. */
const hedged = /反馈|说法|不敢|不能说|不能保证|不保证|没法|很难|难免|才不|就不|尽量|减少|防|另一?款|的话|只要|容易/;

export const rule = patternRule({
  id: 'own-goods',
  severity: 'hint',
  points: 0,
  title: { zh: '与店铺资料不符', en: 'against the shop’s own data' },
  replaces: 'clause',
  breaches: [],
  also: (folded, context) => [
    ...compensationClaims(folded, context),
    ...materialClaims(folded, context),
    ...scarcityClaims(folded, context),
    ...weaknessClaims(folded, context),
  ],
  examples: {
    context: {
      compensation: 3,
      goods: {
        isMeant: true,
        lowStock: 5,
        list: [
          {
            title: '羊毛圆领开衫',
            material: '70%羊毛、30%锦纶',
            weaknesses: new Map([['起球', '常摩擦的地方会起少量小球，用修球器修一下就好']]),
            stock: [20, 14],
            isVariantNamed: false,
          },
        ],
      },
    },
    pass: [
      '支持假一赔三，您可以放心拍',
      '不是假一赔十哦，我们是假一赔三',
      '材质是70%羊毛和30%锦纶',
      '不是百分百羊毛的，含30%锦纶',
      '里料是100%聚酯纤维',
      '手感和纯羊毛差不多',
      '现在有货的，喜欢可以直接拍',
      '优惠券最后一张了，您可以先领',
      '不会起很多球，洗护注意些就好',
      '不敢说不起球，摩擦多的地方会有一些',
      '会不会马上没货这个说不准的',
    ],
    fail: [
      '我们家假一赔十，您放心',
      '假1赔10的',
      '發現假貨賠您十倍',
      '这款百分百纯羊毛的',
      '成分是100%羊毛',
      '这件是纯羊毛，暖和',
      '百分之百的羊毛哦',
      '仅剩最后一件了，喜欢赶紧',
      '马上没货了亲',
      '只剩2件啦',
      '库存告急，手慢无',
      '亲放心，这款不起球的',
      '我们家的都不会起毛球',
    ],
  },
});
