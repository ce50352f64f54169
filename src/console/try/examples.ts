/** What buyers ask, to be clicked: each with what it shows. Always Chinese, as buyers write; `en` says what it means. */

export interface Example {
  /** Short messages in a row are one example. */
  readonly messages: readonly string[];
  readonly en: string;
}

export const examples: readonly Example[] = [
  { messages: ['在吗', '寄到新疆多少运费', '今天拍明天能到吗'], en: 'There? Postage to Xinjiang? Here by tomorrow?' },
  { messages: ['那四川呢'], en: 'And to Sichuan? (goes on from before)' },
  { messages: ['开衫燕麦色M码还有吗，两件包邮吗'], en: 'Oatmeal cardigan in M? Two, free postage?' },
  { messages: ['便宜点呗，120卖不卖'], en: 'Cheaper? 120?' },
  { messages: ['能开专票吗'], en: 'A VAT invoice?' },
  { messages: ['这件会起球吗'], en: 'Does it pill?' },
  { messages: ['少发了一条围巾，再不处理我要投诉'], en: 'One scarf is missing, I will complain' },
  { messages: ['好的'], en: 'OK' },
];
