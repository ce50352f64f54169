/** What is asked and told in passing, of any goods: it is heard as the matter that it is, and nothing is answered that was not asked. */
import { describe, expect, it } from 'vitest';
import { ask, sentTexts } from './demo-shop.js';

const sweater = { item: { id: 'cable-sweater', title: '麻花高领毛衣', priceYuan: 199 } };
const matters = (text: string) => ask(text).answer.understanding.intents.map(({ id }) => id);

describe('a matter in everyday words', () => {
  it.each([
    // What it holds, serves as and bears.
    ['一盒几片儿', 'product_info'],
    ['也可以当毛巾用吗', 'product_info'],
    ['能不能当枕巾用', 'product_info'],
    ['這個可以用作抹布嗎', 'product_info'],
    ['这个包括什么', 'product_info'],
    ['用不完可以封起来吗', 'product_info'],
    ['打开就能吃还是要加热', 'product_info'],
    ['可以碰水吗', 'product_info'],
    ['给发的是特级的吧', 'product_info'],
    ['好不好吃啊', 'product_info'],
    ['薄一点的是哪款', 'product_info'],
    ['给推介一款舒服的', 'advice'],
    // What is broken.
    ['不能开机了', 'quality'],
    ['开机之后马上自动关机', 'quality'],
    ['耳机突然不识别了', 'quality'],
    ['指南针老是不准', 'quality'],
    ['按键失灵', 'quality'],
    ['有一包是用过的', 'quality'],
    // What is late, or not all there.
    ['那为什么这么长时间送不过来', 'order_status'],
    ['都卡了两三天了', 'order_status'],
    ['按道理昨天就该到了', 'order_status'],
    ['哪些发了', 'order_status'],
    ['已经过了48小时了', 'order_status'],
    ['加快点速度吧', 'order_status'],
    ['我下单两份怎么才收一份', 'parcel_problem'],
    ['我没有收到小礼品', 'parcel_problem'],
    ['怎么显示已收货', 'parcel_problem'],
    // Prices, deals, money back.
    ['今天99么', 'price_query'],
    ['预售也是18元吗', 'price_query'],
    ['199-20是全场吗', 'promotion'],
    ['买4件可以用2张卷吗', 'promotion'],
    ['大概几号能到账', 'returns'],
    ['我买了两袋给我各发一个味道好吗', 'order_change'],
    ['什么时候有啊就要这个', 'stock'],
    ['没有别的款了吗', 'stock'],
    ['这款有那么多货吗', 'stock'],
    ['你那儿有毛线卖吗', 'stock'],
    ['最近都不会有了吗', 'stock'],
    ['能平宜点不', 'haggling'],
    ['我多买点有没有便宜', 'haggling'],
    ['还是按上次的价格给我吧', 'haggling'],
    ['我要推货', 'returns'],
    ['揽收吗今天', 'delivery_time'],
  ])('%s: %s', (text, matter) => {
    expect(matters(text)).toEqual([matter]);
  });

  it('other colours are asked for, and not whether there is any', () => {
    const answered = ask('其它的颜色也没有吗', { more: sweater });
    expect(answered.answer.replies[0]?.template).toBe('stock.colours');
    expect(sentTexts(answered).join('')).toMatch(/奶白.*焦糖/);
  });

  it.each(['老师让带的', '昨天下午收的', '上回说的是七天', '系统自己弹出来的', '給我爸用', '我问过快递了'])(
    'a tale asks nothing: %s',
    (text) => {
      const answered = ask(text);
      expect(answered.answer.understanding.intents).toEqual([]);
      expect(answered.answer.action).not.toBe('auto');
    },
  );

  it.each(['会自动关机吗', '是不是会突然黑屏', '不用处理', '不要合在一个箱子', '当天发吗', '有特价就算了'])(
    'words that only look alike tell of no fault and no wish: %s',
    (text) => {
      expect(matters(text)).not.toContain('complaint');
      expect(matters(text)).not.toContain('parcel_problem');
    },
  );
});
