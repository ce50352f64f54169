/** What buyers ask, to be clicked: each with what it shows. Always Chinese, as buyers write; `en` says what it means. */

export interface Example {
  /** Short messages in a row are one example. */
  readonly messages: readonly string[];
  readonly en: string;
}

export const examples: readonly Example[] = [
  { messages: ['您好', '寄到四川多少运费', '几天能到'], en: 'Hello! Postage to Sichuan? How many days?' },
  { messages: ['那新疆呢'], en: 'And to Xinjiang? (goes on from before)' },
  { messages: ['开衫燕麦色M码还有吗，两件包邮吗'], en: 'Oatmeal cardigan in M? Two, free postage?' },
  { messages: ['便宜点呗，120卖不卖'], en: 'Cheaper? 120?' },
  { messages: ['能开专票吗'], en: 'A VAT invoice?' },
  { messages: ['这件会起球吗'], en: 'Does it pill?' },
  { messages: ['少发了一条围巾，再不处理我要投诉'], en: 'One scarf is missing, I will complain' },
  { messages: ['好的'], en: 'OK' },
];
