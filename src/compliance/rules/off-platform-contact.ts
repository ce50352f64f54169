/** Leading the buyer off the platform: WeChat and QQ in all their spellings, phone numbers, bank accounts, links, addresses. */

import { bankPlaces, linkPlaces, phonePlaces } from '../contact-details.js';
import { lines } from '../lines/off-platform-contact.js';
import { patternRule } from '../pattern-rule.js';

const wording = '亲，我们就在这里聊哦，平台上沟通有保障';
const because = {
  zh: '平台不允许把买家引到站外联系',
  en: 'the platform forbids leading buyers to contact outside it',
};
/** Warnings and refusals speak of the same things. */
const refused =
  '(勿|不要|别(?!人|的|处|家)|切勿|谨防|警惕|不会|不能|没有|没|不提供|不支持|请不|从不|无法|不便|不方便|不可以|不可|禁止|不允许|不接受|拒绝|不用|不加|无|不得|不留|不建议|不许|有人|任何|所谓|冒充|假冒|陌生)…{10}';
const warning =
  '谨防|防骗|警惕|诈骗|冒充|假冒|骗子|上当|勿(信|加|点|轻信|相信)|切勿|平台(规定|禁止|不允许|规则)|请不要(相信|加|添加|轻信)|不要相信';

/** What is wrong, for the agent. */
const why = {
  elsewhere: {
    zh: '平台不允许把买家引到其他平台或账号',
    en: 'the platform forbids leading buyers to other platforms or accounts',
  },
  address: {
    zh: '平台不允许留公司或门店地址，引导买家线下交易',
    en: 'the platform forbids giving the address of a company or a store to trade off-line',
  },
  details: {
    zh: '平台不允许私下索要或留下联系方式',
    en: 'the platform forbids asking for or leaving private contact details',
  },
  account: {
    zh: '平台不允许发送银行账户',
    en: 'the platform forbids sending bank accounts',
  },
  group: {
    zh: '平台不允许把买家引到站外的群',
    en: 'the platform forbids leading buyers to groups outside it',
  },
};

export const rule = patternRule({
  id: 'off-platform-contact',
  severity: 'block',
  points: 0,
  note: { zh: '按平台封店规则处理，不计分', en: 'by the rules under which a shop is closed: no points' },
  title: { zh: '站外联系方式', en: 'off-platform contact' },
  replaces: 'rest',
  learned: { lines, because, wording },
  breaches: [
    {
      find: '(?<!支付宝,?)(?<!支付宝(和|或|或者|跟|与|还有|以及))(微信|薇信|威信)(?![,和或跟与]?(支付宝|银行卡|信用卡|储蓄卡|花呗|云闪付|余额支付)|语音|视频通话|聊天记录|记录|双开|转账不|支付|零钱|钱包|任|念|服务商|付款|封|红包封面|消息|提醒|运动|步数|登录|通话|表情|联名|电话|扫码|来电|通知)|w·?e·?i·?x·?i·?n|(?<!支付宝,?)(?<!支付宝(和|或|或者|跟|与|还有|以及))(?<![稍])(微|薇|威|维|徽|围)(信|芯(?!片)|xin|x(?![a-z]))(?![,和或跟与]?(支付宝|银行卡|信用卡|储蓄卡|花呗|云闪付|余额支付)|语音|视频通话|聊天记录|记录|双开|转账不|支付|零钱|钱包|任|念|号?支付|服务商|付款|封|红包封面|电话和|扫码看|来电|通知|消息)|(?<!\\d)v(信|芯|心)|(微|薇|威|维)心(?!意|愿|情)|(号|微|信|v)同(手机|电话|微信|v)|(?<![a-z])(v·x|w·x|q·q)|(wei|某)信|绿泡泡|绿色(软件|聊天)|加(我|个|下|一下)*卫星|卫星(号|是|,|搜|加|联系)|(加|用|上)…{1}卫星(聊|说)|飞信|(手机|电话|微信?|薇|v|vx|v信)同号|(v|vx|微信)同步|(?<![a-z0-9])(vx(?!系列|型|款)|wx(?!系列|型|款)|weixin|wechat|vxin|wxin)|(?<![a-z])(v|w)号|(?<![a-z])v我(?!们)',
      notAfter: refused,
      unless:
        '(微信|微)…{3}不(加|用|留)|登微信|能登|支持…{2}微信|型号|款号|货号|编号|尺码|单号|订单|流水|支持微信|绑定|跳转|连接微信|同步微信|登录|微信(消息|提醒|运动|步数|付)',
      unlessInSentence: warning,
      because,
      wording,
    },
    {
      find: '(?<![不勿别])(加|家|佳|嘉|伽|咖|茄|架|驾|珈|留个?|发个?|给个?|有|搜|搜索|添加|➕)(我|下|一下|个|您|咱|客服|店主|老板)*的?(微(?!波|店|博|晶|距|米|服|型|软|生物|量|风|咸|甜|辣|酸|苦|凉|热|暖|距|缩|单|信支付|调|弹|胖|小|量|弱|喇|厚|高|瑕|棉|孔)|薇(?!娅)|威(?!力|化|尔)|[vw](?!领|字|型|形|脸|口|开|线|i|[a-z0-9]))|(我|客服|店主|老板|咱|本店)们?的?([vwq]|薇|威|微|vx|wx|扣|扣扣|球球|卫星)(是|号|,|搜|同|在|给您|发您|[a-z\\d])|(?<![a-z])[vw](信|芯|心|号)|(?<![a-z])[vwq]加(我|个|下)?|(?<![a-z])[vw],[a-z0-9]{5,}|(薇|威|微|卫星|vx|扣扣|扣)(号)?[,]?[a-z][a-z0-9]{4,}',
      notAfter: refused,
      unless: '微(微|笑|弹|胖)',
      unlessInSentence: warning,
      because,
      wording,
    },
    {
      find: '(蔻蔻|秋秋|球球|叩叩|抠抠|口口|企鹅)(号|[,]?\\d|联系|加|群)|(?<![a-z])qq(?<!微信[和跟与])(?!和微信|微信消息|消息|登录|企鹅|联名|糖|弹|星|熊|音乐|软糖|的|感|表情|嫩)|(?<!纽|钮|暗|子|一|两|双|排|衣)扣扣(?!子|上|好|紧|得|住|眼|不|了)|扣扣(号|群|我|是)|(加|留|我的?|有)(个|下|我的?)?(扣扣|扣号|扣群|球球(?!衣|队|鞋))|企鹅(号|群|联系|上)|(加|有|用|上)…{1}企鹅(聊|吗|,|[.]|$)|(?<![a-z])q(群|号)|(?<![a-z])q[,]?\\d{5,11}(?!\\d)|加(我|下|个)?q(?![a-z版弹]|q糖)',
      notAfter: refused,
      unlessInSentence: `${warning}|qq(咱|我们?|咱们)?(没有?|不)(在|再)?用`,
      because,
      wording,
    },
    {
      find: '(加|关注|搜索?|扫|进|添加|入|上)(我们?|咱们?|一下|下|店铺|本店|店主|下面)*的?…{4}(公众号|公号|小程序|视频号|抖音|快手|小红书|微博|朋友圈|闲鱼|咸鱼|微店|知乎|b站|whatsapp|telegram|line(?!n)|钉钉|陌陌|脸书|飞书|企微|企业微信|skype|facebook|instagram)|(抖音|快手|小红书|微博|闲鱼|钉钉|公众)号?(号|搜|关注)(?!召)|(去|到|来|上|在|从)(我们?|咱们?|我家|本店)?的?(拼多多|京东|抖音|快手|小红书|闲鱼|咸鱼|微店|抖店|苏宁|唯品会|亚马逊|官网|当当)(店铺?|店里|旗舰店|上|那边|平台|直播间|里)*…{3}(买|下单|拍|便宜|搜|找|看|购买|付|价格)',
      notAfter: refused,
      unlessInSentence: `${warning}|快递|物流|不支持|授权|防伪|查询`,
      because: why.elsewhere,
      wording,
    },
    {
      find: '(公司|门店|实体店|线下店|店面|工厂|厂里|厂家|办公室|批发部|档口|我们店|展厅)的?(详细)?(地址|位置)…{2}(是|在|,|发您|给您)|(来|到|去|上)(我们?|咱们?)?的?(公司|工厂|厂里|厂子|门店|实体店|线下店|档口|批发部|办公室|展厅|线下)(来)?…{2}(自提|拿|取|看|买|提|选|试|谈|面谈|挑)|(见面|当面|面对面)(交易|交货|给钱|付)',
      notAfter: refused,
      unlessInSentence: `${warning}|没有(实体|门店|线下)|退货|寄回`,
      because: why.address,
      wording,
    },
    {
      find: '(地址|位置)(在|是|,)…{12}(路|街|巷|号|楼|广场|大厦|市场|工业园)',
      notAfter: refused,
      unlessInSentence: `${warning}|没有(实体|门店|线下)|退货|退回|寄|收货|收件|您|订单|快递|驿站|网点|自提柜|自提点|派送|吗|核对|确认|改|填|备注`,
      because: why.address,
      wording,
    },
    {
      find: '(打|拨打?|致电)(我|客服|老板|店主|公司|厂里|厂家)们?的?(手机|电话|座机)|(打|拨)个?电话(给|找|跟|和)(我|客服|老板|店主|公司)|您…{4}打个?电话过来|电话(聊|里说|里谈|沟通)吧|(留|给)(个|一下|下)?(您的?|我)?(手机号?码?|电话|联系方式|邮箱)(给我|吧|过来|加|,|$|我(们)?(加|联系|打))|(厂里|公司|老板|店里|门店|办公室|店长|我的?|我们)的?(电话|手机号?|座机|号码)(号|您|,|是|给|发|打|[\\d])|(平台|旺旺|这里|淘宝)(上|里|聊天)?…{2}(不方便|不好说|不能说|说不清|看得到|管得严|会被查)|(私下|站外|平台外|线下|别的软件|其他软件)(联系|聊|沟通|找我)|加(我|一下|个)的?好友|我加(您|你)(?!购)|您?(微信|微|vx|qq|电话|手机)(号)?(多少|是多少|发我|给我)|(加|换)(我|个|一下)?(好友|联系方式|地方聊|软件聊)(聊|细聊|吧|$|[,.])',
      notAfter: refused,
      unlessInSentence: `${warning}|快递|派件|物流|安装|师傅|预约|收货`,
      because: why.details,
      wording,
    },
    {
      find: '((?<![用客])户名|开户(行|银行|名)|(银行)?卡号|银行账[号户]|对公账[号户])[,]?(是|为|,|\\d|[一-鿿]{2,})(?<!信息|资料|这些|和账号)',
      notAfter: refused,
      unlessInSentence: `${warning}|您的|退款|请勿|泄露|不要|发票|专票|抬头|税号`,
      because: why.account,
      wording,
    },
    {
      find: '(拼多多|抖音|小红书|快手|闲鱼|微博|公众号|视频号|b站|微店|拼夕夕|某多多)(同名|上搜|搜|店(?!铺?的)|号(?!召)|账号|主页|橱窗)|(小程序|官网|公众号|商城)(里|上)?(下单|买|拍|更|便宜|优惠)|(加|用)(个|一下)?(赖|line)(聊|吧|,|$)|(私信|加|联系)我?(的)?(小号|私号|大号|副号)|(?<![a-z])(whatsapp|telegram|skype|messenger|wechat)|(看|关注|到|去|进|翻|加)(我|我们|店主|老板)的?…{2}(朋友圈|空间|微博|抖音|快手)|(闲鱼|咸鱼|拼多多|pdd|微店|抖店|快手|小红书|抖音|转转|淘宝外|淘外|站外|微商城|小程序)(上|里|那边|店)?[,]?(我们?|咱们?|店里|本店|也|都|有|同步)…{6}(有|挂|卖|开|拍|买|搜|下单|店|便宜)|(去|上|到|来|从|在)(我|我们|咱们?)?的?(闲鱼|咸鱼|拼多多|pdd|微店|抖店|快手|小红书|抖音|转转|官网|商城)…{8}(买|拍|下单|搜|找|便宜|付|聊|优惠|价)',
      notAfter: refused,
      unlessInSentence: `${warning}|下单的(也|都|亲)|不了解|不清楚|授权|防伪|查询|看到|刷到`,
      because: why.elsewhere,
      wording,
    },
    {
      find: '(进|加|入|拉您?进?|扫码进|建了?个?|来)(我们?的?|个|咱们?的?|店里的?|一下)*(粉丝|福利|买家|会员|微信|微|qq|q|扣扣|团购|内购|内部|优惠|秒杀|老客|熟客|顾客|交流|抢购)+群(?!众|体)|(?<!建|人)(进|入|加)(我们?|个|一下|咱们?)*群(?!众|体)|(?<!人)群号|微信群|福利群|粉丝群|qq群|(微信|qq|福利|内购|团购|秒杀)群',
      notAfter: refused,
      unlessInSentence: `${warning}|淘宝群|旺旺群|店铺群|淘群`,
      because: why.group,
      wording,
    },
    {
      find: '(公司|工厂|门店|店面|实体店|线下店|档口|厂子?|展厅|批发部|办公室)(就|是)?(在|开在|位于)…{14}(路|街|巷|\\d号|[一二三四五六七八九十]号|楼|广场|大厦|市场|工业园|商城|商场)',
      notAfter: refused,
      unlessInSentence: `${warning}|没有(实体|门店|线下)|退货|寄回|退回|寄到|收货`,
      because: why.address,
      wording,
    },
    {
      find: '(去|上|到|来|换)(淘宝|天猫|京东|拼多多|抖音|快手|小红书|唯品会|苏宁)…{2}(搜|找|买|拍|下单|看看?)…{10}(便宜|优惠|划算|更|一样的?店|也有|低)',
      notAfter: refused,
      unlessInSentence: warning,
      because: why.elsewhere,
      wording,
    },
    {
      find: '(?<![a-z])line[,]?(id|号|是|加|搜|找)|(我们?|客服|老板)的?line(?![a-z])',
      notAfter: refused,
      unlessInSentence: warning,
      because,
      wording,
    },
    {
      find: '(?<!折|打|满|先|再|会|每)扣[,]?\\d{6,11}(?!元|块)',
      because,
      wording,
    },
  ],
  also: (folded) => [...phonePlaces(folded, wording), ...bankPlaces(folded, wording), ...linkPlaces(folded, wording)],
  examples: {
    pass: [
      '亲，有问题在这里直接问我就好',
      '请勿添加陌生人的微信，谨防诈骗',
      '我们没有QQ的，就在旺旺上聊哦',
      'V领的这款显脸小',
      '订单号是3812345678901234567，已经安排了',
      '运单号SF1380013800012，可以在订单页查看',
      '平台支持微信支付，付款时可以选',
      '这款QQ糖是水果味的',
      '链接在这里 https://item.taobao.com/item.htm?id=650001',
      '尺码有 160 165 170 175，您穿多大呢',
      '快递员电话会发短信给您，请留意',
      '加绒款微弹，不勒的',
    ],
    fail: [
      '加我微信聊吧',
      '薇信：abc12345',
      '+V细聊',
      '我的vx是hello2020',
      '加个V❤',
      'QQ 12345678',
      '扣扣联系我',
      '我手机13800138000',
      '电话一三八零零一三八零零零',
      '1 3 8 - 0 0 1 3 - 8 0 0 0',
      '座机0571-88886666',
      '开户行：工商银行，户名李某',
      '卡号6222 0212 3456 7890 123',
      '去 www.myshop.com 下单更便宜',
      '关注我们的公众号领券',
      '威 信 同号',
      '加微，信聊',
      '来我们工厂自提吧，能看货',
      '𝐐𝐐号发您',
      '加家微芯细聊',
    ],
  },
});
