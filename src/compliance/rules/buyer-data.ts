/** Data of an order told to an account that did not place it, or data of another buyer told to anyone. */
import { patternRule } from '../pattern-rule.js';
import type { CheckContext } from '../rule.js';

const isStranger = ({ orderOwner }: CheckContext) => orderOwner === false;
const isNotSure = ({ orderOwner }: CheckContext) => orderOwner !== true;
const refused =
  '(不|无法|没法|没办法|未经)(能|会|便|方便|可以|得|对外|向|给|透|泄|提供|告诉|查|授权)|保密|隐私|用下单|下单的?(那个)?账号|本人|请您?(提供|核对|核实)';
const wording = '亲，为保护隐私，订单信息请用下单的账号来查询哦';

export const rule = patternRule({
  id: 'buyer-data',
  severity: 'points',
  points: 6,
  title: { zh: '泄露买家信息', en: 'leak of buyer data' },
  breaches: [
    {
      find: '((另一位|另一个|另外一位|另外一个|别的|其他|其它|上一位|上一个|上个|刚才那个|前面那个|那个|有位|有个|某个)的?(买家|顾客|客户|客人|亲|姐姐|先生|女士)|(?<![帮给替])别人|上一位|刚才那位|前面那位|(?<!哪)那位|某位)(顾客|客户|买家|女士|先生)?的?…{5}(收货地址|地址|电话|手机号?|真实姓名|姓名|名字叫?|订单号?|单号|住址?在?|收货人|住在|收货信息|个人信息)',
      unlessInSentence: `${refused}|(另一个|其他|别的)的?(地址|订单|手机|电话)|您的?(另一个|其他|别的|上一个|上个)(?!买家|顾客|客)|换|改|拆|合并`,
      because: '不能把其他买家的信息告诉别人',
      wording: '亲，其他买家的信息我们要保密，不方便提供哦',
    },
    {
      find: '(他|她|对方|那人|您朋友|您老公|您老婆|您男友|您女友|您男朋友|您女朋友|您同学|您同事|您前任|您爱人|您妈妈|您爸爸|您儿子|您女儿)(的|填的|留的|写的|买的|拍的|下的)…{3}(收货地址|地址|电话|手机号?码?|订单号?|单号|收货人|姓名|包裹|快递)…{2}(是|为|在|填的?|寄到|,|\\d|叫|已)',
      when: isNotSure,
      unlessInSentence: refused,
      because: '这是别人的订单信息，只能告诉下单账号本人',
      wording,
    },
    {
      find: '(收货地址|收件地址|收货人|收件人|地址|联系电话|电话|手机号?码?|订单号|订单编号|快递单号|运单号|物流单号|单号|收货信息|姓名)[,]?(是|为|填的?是?|写的?是?|登记的?是?|显示|尾号|[\\da-z]{6,})',
      when: isStranger,
      unlessInSentence: `${refused}|什么|哪|多少|吗`,
      because: '对方不是下单账号，不能告知订单、地址或电话',
      wording,
    },
    {
      find: '(订单|包裹|快件|这单|那单|货|快递)…{6}(已经?|刚刚?|昨天|今天|前天|正在|还没)…{4}(发货|发出|签收|派送|寄出|寄到|付款|退款|送到|到了|到达)',
      when: isStranger,
      unlessInSentence: refused,
      because: '对方不是下单账号，不能告知订单的进展',
      wording,
    },
    {
      find: '(寄到|寄往|发到|发往|送到|派送到)…{4}(省|市|区|县|路|街|号|小区|栋|楼|单元|学校|大学|公司)',
      when: isStranger,
      unlessInSentence: `${refused}|您`,
      because: '对方不是下单账号，不能告知收货地址',
      wording,
    },
    {
      find: '(买家|客户|顾客|收件人|收货人)的?(信息|资料|名单|电话|地址|手机号?)…{4}(发给?您|给您|发你|给你|卖给|提供给您|导出|共享)',
      unlessInSentence: refused,
      because: '买家资料不能给任何人',
      wording: '亲，买家信息我们要保密，不方便提供哦',
    },
  ],
  examples: {
    context: { orderOwner: false },
    pass: [
      '亲，订单信息请用下单的账号来咨询哦',
      '为保护隐私，我们不能透露收货地址',
      '麻烦您提供一下订单号，我来核实',
      '其他买家的电话我们不方便提供',
      '您可以在自己的订单页查看物流',
      '这个要下单账号本人来问，我们才好告诉您',
      '商品详情页有尺码表，您可以参考',
    ],
    fail: [
      '收货地址是杭州市西湖区文三路，收件人姓王',
      '他的手机号是尾号6688那个',
      '这个订单昨天已经发货了，在路上',
      '您朋友的订单号是后面这串，您记一下',
      '快递单号是YT88001122334',
      '上一位买家的地址也在您那个小区',
      '刚才那位顾客的真实姓名叫李某',
      '包裹已经签收了，是门卫签的',
      '寄到朝阳区建国路那边的，不用担心',
      '收货人是张女士，电话写的是老号码',
      '买 家 电 话 我可以发给您',
      '另一个买家的订单也是您老家那边的，收货地址都差不多',
    ],
  },
});
