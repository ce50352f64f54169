/**
 * What a new shop begins with: a phrase for each step of a sale, from the welcome to the farewell. Figures come from the
 * shop's parameters, never from here. It is the shop's own from then on: what is changed or deleted does not come back.
 */
import type { PhraseWords } from '../storage/phrases.js';

/** In the order of a sale. */
export const startingGroups = ['招呼', '了解需求', '推荐', '议价', '下单付款', '物流', '售后', '道别'] as const;

type Line = readonly [code: string, title: string, text: string];

const lines: Readonly<Record<(typeof startingGroups)[number], readonly Line[]>> = {
  招呼: [
    ['zai', '在的', '亲，在的呢，欢迎光临{{ shop_name }}，我是{{ agent_number }}号客服，有什么可以帮到您？'],
    ['sd', '稍等', '亲，请您稍等一下，我这边看一下马上回复您～'],
    ['jdl', '久等了', '亲，让您久等了，刚才咨询的顾客有点多，您的问题我现在就看～'],
    ['zxsj', '在线时间', '亲，客服的在线时间是{{ hours_words }}，其他时间您先留言，上班后我们会按顺序回复您～'],
  ],
  了解需求: [
    ['xq', '问需求', '亲，您是自己用还是送人呢？告诉我您的喜好和预算，我帮您挑一挑～'],
    ['cm', '问身高体重', '亲，方便说一下身高、体重和平时穿的尺码吗？我按尺码表帮您看看哪个更合适～'],
    ['ktk', '发链接', '亲，麻烦您发一下看中宝贝的链接，我帮您查一下颜色、尺码和库存～'],
    ['yh', '活动优惠', '亲，现在店里的优惠有：{{ perks }}，下单时系统会自动算好，您看看结算页就知道了～'],
  ],
  推荐: [
    ['tj', '搭配推荐', '亲，这款和{{ alternative_1 }}搭在一起挺好看的，一起拍运费合并计算，您可以看看喜不喜欢～'],
    [
      'exy',
      '二选一',
      '亲，{{ alternative_1 }}和{{ alternative_2 }}都符合您说的要求，您更喜欢哪一款呢？需要的话我给您说说两款的区别～',
    ],
    ['sc', '色差说明', '亲，图片是实物拍摄，不同屏幕和灯光下颜色会有一点点出入，收到以实物为准哦，介意的话可以先看看买家秀～'],
  ],
  议价: [
    ['kj', '守价', '亲，谢谢您喜欢我们家！价格对新老顾客都一样，{{ price_reason }}，也希望您能体谅～'],
    ['kj2', '给优惠', '亲，单价这边对大家都一样，不过您还可以用这些优惠：{{ perks }}，算下来挺划算的～'],
    ['kj3', '请示店长', '亲，您的心意我明白，这个价格超出了我的权限，我帮您问一下店长，请您稍等～'],
    ['zp', '赠品', '亲，下单会送{{ gift }}，是我们的一点心意，希望您喜欢～'],
  ],
  下单付款: [
    ['cf', '催付', '亲，看到您拍下的宝贝还没付款，是遇到什么问题了吗？需要帮忙随时叫我～'],
    ['fk', '付款方式', '亲，付款可以用{{ pay_methods }}，在结算页选您方便的一种就好，有问题随时找我～'],
    [
      'fq',
      '分期',
      '亲，单笔满{{ instalments_from_yuan }}元可以用{{ instalment_services }}分期，期数和费用在付款页会显示，您可以先看看再决定～',
    ],
    ['hddz', '核对地址', '亲，跟您核对一下收货信息：{{ receiver }}，都对的话我们就按这个安排了～'],
    ['fp', '发票', '亲，可以开正规发票的，下单时在备注里写好抬头和税号就行，交易完成后{{ invoice_days }}个工作日内开好～'],
    ['fkgx', '付款感谢', '亲，款收到啦，感谢您的支持！订单已经在安排了，发出后物流信息会更新到订单里～'],
  ],
  物流: [
    ['fh1', '发货时间', '亲，{{ cut_off }}前付款的订单当天安排，之后付款的下一个发货日安排，正常情况下{{ days }}天左右能到～'],
    ['fh2', '发货后查物流', '亲，包裹交给快递约{{ tracking_hours }}小时后能看到动态，您在订单里点“查看物流”就行～'],
    ['cfh', '催发货安抚', '亲，让您着急了，我现在就去仓库问一下您的订单{{ order_id }}，有了消息马上告诉您～'],
    ['yf', '运费', '亲，首重运费{{ fee_lowest_yuan }}元起，不同地区会有差别，您告诉我寄到哪个省，我帮您算一下～'],
    ['by', '包邮', '亲，{{ free_rule }}，几件一起拍运费合并计算，比较划算哦～'],
    ['kd', '快递', '亲，我们合作的快递有{{ couriers }}，想用哪一家可以在订单备注里写一下，我们尽量安排～'],
    ['dh', '告知单号', '亲，您的包裹已经交给快递了，单号是{{ tracking_number }}，路上请您留意一下哦～'],
    ['cwl', '物流没更新', '亲，您的心情我理解，我这就联系快递核实{{ tracking_number }}的位置，有进展第一时间回您～'],
  ],
  售后: [
    ['th', '退货', '亲，签收后{{ return_days }}天内，不影响二次销售的话可以申请退货，在订单里点“申请售后”就可以了～'],
    ['fhyf', '返还运费说明', '亲，如果是质量问题，来回运费{{ fault_postage }}，您寄回后麻烦拍一下运费凭证，我帮您登记～'],
    ['zp1', '要照片', '亲，很抱歉给您添麻烦了！麻烦您拍一下宝贝的问题处和快递面单，发给我，我马上帮您处理～'],
    ['tk', '退款时间', '亲，仓库收到退回的宝贝、检查好之后，正常情况下{{ refund_days }}天内会给您退款，请您留意一下哦～'],
    ['dq', '道歉', '亲，真的很抱歉让您有不愉快的体验，您说的我都记下来了，我们一起看看怎么解决更合适～'],
    ['xh', '洗护', '亲，{{ care }}，这样打理能穿得久一些哦～'],
  ],
  道别: [
    ['sc2', '邀请收藏', '亲，喜欢的话可以收藏一下我们店铺，上新和活动都能早点看到哦～'],
    ['hp', '请评价', '亲，收到后满意的话，麻烦给我们一个评价，您的反馈对我们很重要；有问题先找我，我来帮您解决～'],
    ['zj', '再见', '亲，感谢您的光临！使用中有任何问题，随时来找我们，祝您生活愉快～'],
  ],
};

/** @param address how the shop calls its buyers */
export function startingSet(address: '亲' | '您'): readonly PhraseWords[] {
  return startingGroups.flatMap((group) =>
    lines[group].map(([code, title, text]) => ({
      code,
      title,
      text: address === '亲' ? text : text.replace(/^亲，/, '您好，'),
      group,
      enabled: true,
    })),
  );
}
