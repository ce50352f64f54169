/**
 * What a seller does when he breaks a rule about money, whatever the matter is (an invoice, a card, cash on delivery,
 * postage): pieces of patterns (pattern.ts) that rules put together with their matter.
 */

/** A sum, a share, points: 5块, 三个点, 1·5%. */
export const amount =
  '([\\d·]+(元|块|毛|个?点(?!钟|半|[前后到整左])|%)|[一二两三四五六七八九十几]+(元|块|毛|个?点(?!钟|半|儿|点|[前后到整左赞]))|百分之|千分之)';

/** Asks for money on top of the price. The words before say whether it is denied: see `denied`. */
export const demand =
  '(补(?!发|货|寄|录|偿|水|给您|您|贴给|光|充|色|开|办|券|单)|添(?!加)|贴补|多付|多给|多出|多掏|多收|多拍|多转|加收|加钱|加价|另付|另收|另加|另算|另转|再付|再给|再加|再转|额外|分担|分摊|均摊|平摊|承担|负担|自理|自付|自费|自己出|自己付|掏(?!出)|垫付)';

/** Right before an act: it does not happen, or not at the buyer's cost. */
export const denied =
  '(不|没|没有|无|无需|无须|不用|不必|不需|不需要|不会|不能|不可以|免|免去|别|不再|不另|不让您|不要您|未|我们|我方|店里|本店|店铺|商家|卖家|银行|平台|支付宝|已经?|已给您)(会|再|另|另外|额外|要|您|需要?|用|来|都|全部?|自己|任何|收取?|让|给|让您|多|由我们|这边|统一|有)*';

/** Makes another way of paying cheaper: a price for not using what the buyer may use. */
export const rewarded =
  '(便宜|立?减(?!肥|震|重|速|少|龄|压)|少(付|算|收|给|\\d|[一二两三四五六七八九十几]+(元|块))|优惠|打[\\d一二三四五六七八九]折|省[\\d几]|抹零|送(您|个|一?份|小|点|运费险|赠))';

/** Takes away what others get. */
export const deprived =
  '((赠品|礼品|礼物|小礼|优惠|活动价?|折扣|满减|红包|券|包邮|运费险|特价)…{4}(不(?!影响|变|限|一样)|没(?!问题|影响|区别|变)|取消|作废|免谈|别想|就(没|不)|给不)|没有?…{2}(赠品|礼品|礼物|小礼|优惠|折扣|满减|红包|包邮|运费险)|不(送|给|打|享|包|参加|参与|配|搞|让)…{3}(赠品|礼|优惠|折|活动|邮|运费险|满减))';
