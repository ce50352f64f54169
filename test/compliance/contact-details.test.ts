import { expect, it } from 'vitest';
import { rule } from '../../src/compliance/rules/off-platform-contact.js';

it.each([
  // Numbers of a phone, however they are written.
  ['13800138000', true],
  ['138 0013 8000', true],
  ['1-3-8-0-0-1-3-8-0-0-0', true],
  ['一三八零零一三八〇〇〇', true],
  ['壹叁捌零零壹叁捌零零零', true],
  ['幺3八00幺3八000', true],
  ['1380O138OOO', true],
  ['+86 13800138000', true],
  ['１３８００１３８０００', true],
  ['020-88886666', true],
  ['电话8888666', true],
  ['400-800-8888', true],
  // Other numbers.
  ['运单号773012345678901', false],
  ['单号13800138000123', false],
  ['YT8800112233445', false],
  ['2026-10-08 09:00-18:00', false],
  ['09:00-12:00，13:00-18:00', false],
  ['尺码165/88A 170/92A 175/96A', false],
  ['9月1号到9月30号满300减40', false],
  ['身高165体重110，腰围70', false],
  ['快递员的电话是13800138000', false],
  ['您预留的手机13800138000对吗', false],
  ['官方热线12315', false],
  ['税号91330106MA2ABCDE12', false],
  // Accounts.
  ['6222021234567890123', true],
  ['账号是 1234 5678 9012 3456', true],
  ['订单6222021234567890123', false],
  // Links and mail.
  ['www.abc-shop.com', true],
  ['abc点com', true],
  ['http://t.cn/Rabc', true],
  ['https://detail.tmall.com/item.htm?id=6500', false],
  ['m.tb.cn/h.abc', false],
  ['https://www.kuaidi100.com', false],
  ['https://taobao.com.evil.shop/a', true],
  ['https://nottaobao.com', true],
  ['发我邮箱 shop@163.com', true],
  ['发票已发到您的邮箱 buyer@163.com', false],
  ['面积是2.5m，容量1.5L', false],
])('%s: %s', (text, isBreach) => {
  expect(rule.check(text, {}).map(({ words }) => words).length > 0).toBe(isBreach);
});
