/** What the routes of replies and their words show in their documentation. */

const itemTitle = {
  name: 'item_title',
  title: { zh: '商品名', en: 'title of the product meant' },
  parameter: 'message.item',
  isSet: true,
} as const;
const opening = {
  name: 'opening',
  title: { zh: '客服何时回复', en: 'when a person answers' },
  parameter: 'hours',
  isSet: true,
} as const;

/** All that a shop can say, one intent of it. */
export const intentsListed = {
  knowledge: '2796e19f0f722ddd',
  settings: 8,
  limits: { reply: 128, draft: 200 },
  holding: {
    withTime: ['您问的{{ matter }}我记下啦，客服{{ opening }}上班，到时先回复您～'],
    withoutTime: ['您问的{{ matter }}我记下啦，客服看到后尽快回复您，辛苦您稍等～'],
    busy: ['这会儿咨询的朋友有点多，客服正一位一位回复，麻烦您稍等一下～'],
  },
  intents: [
    {
      id: 'cod',
      title: { zh: '货到付款', en: 'Cash on delivery' },
      group: 'core',
      isOwn: false,
      most: 'auto',
      allowed: 'auto',
      replies: [
        {
          id: 'offered',
          source: 'shared',
          asks: ['rule'],
          when: [
            {
              fact: 'cod',
              condition: 'yes',
              words: { zh: '货到付款：是', en: 'cash on delivery for what is asked: yes' },
            },
          ],
          texts: ['{{ item_title }}可以货到付款的，结算时选货到付款，快递送到再付就好～'],
          short: '可以的，结算时选货到付款就好～',
          isDraftOnly: false,
          isOnce: false,
          isPromise: false,
          facts: [itemTitle],
          longestCharacters: 34,
        },
      ],
      holding: ['付款方式的事我记下啦，客服{{ opening }}上班后先帮您看～'],
    },
  ],
} as const;

/** Facts that texts may name, two of them. */
export const factsListed = {
  facts: [
    {
      name: 'shop_name',
      title: { zh: '店名', en: 'name of the shop' },
      parameter: 'name',
      isSet: true,
      sample: '木禾针织',
      value: '木禾针织',
    },
    {
      name: 'stock',
      title: { zh: '库存', en: 'stock' },
      parameter: 'products[].variants[].stock',
      isSet: true,
      choices: { in: { zh: '有货', en: 'in' }, out: { zh: '缺货', en: 'out' } },
      values: ['in', 'out'],
      sample: 'out',
    },
  ],
} as const;

const shortest = { text: '可以的，结算时选货到付款就好～', facts: {}, characters: 15 } as const;

/** A reply as it is being written. */
export const replyPreviewed = {
  limit: 128,
  texts: [
    {
      faults: [],
      facts: [itemTitle],
      shortest: { text: '亲，针织围脖可以货到付款，送到再付就好～', facts: { item_title: '针织围脖' }, characters: 20 },
      longest: { text: '亲，羊毛圆领开衫可以货到付款，送到再付就好～', facts: { item_title: '羊毛圆领开衫' }, characters: 22 },
      findings: [],
    },
  ],
  short: { faults: [], facts: [], shortest, longest: shortest, findings: [] },
  combined: [
    {
      intents: ['cod', 'shipping_fee'],
      text: '亲，羊毛圆领开衫可以货到付款，送到再付就好～满95元或满2件包邮，您寄到哪个省呢？',
      characters: 41,
    },
  ],
} as const;

/** Holding words as they are being written. */
export const holdingPreviewed = {
  limit: 128,
  texts: [
    {
      faults: [],
      facts: [opening],
      shortest: {
        text: '您问的发货和到货时间我记下啦，客服明早9点上班后回复您～',
        facts: { opening: '明早9点' },
        characters: 28,
      },
      longest: {
        text: '您问的发货和到货时间我记下啦，客服10月8日上午10点上班后回复您～',
        facts: { opening: '10月8日上午10点' },
        characters: 34,
      },
      findings: [],
    },
  ],
} as const;
