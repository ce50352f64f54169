/**
 * Every `because` in words, Chinese and English. Stages name a code and its values (conversation.ts Reason); only this
 * table knows sentences, so that pages, CLI and API can say the same thing in the reader's language.
 */
import type { Reason } from './conversation.js';

export type Language = 'zh' | 'en';

export const sentences = {
  on_duty: { zh: '客服在线，给客服草稿', en: 'agents are on duty: drafts only' },
  on_duty_make_up: {
    zh: '{name}调休上班，客服在线，给客服草稿',
    en: 'make-up workday for {english}, agents are on duty: drafts only',
  },
  on_duty_assumed: { zh: '假设客服在线，给客服草稿', en: 'agents are taken to be on duty: drafts only' },
  off_duty: { zh: '非工作时间，{opening} 有人回复', en: 'off duty, a person answers {opening}' },
  off_duty_holiday: { zh: '{name}放假，{opening} 有人回复', en: 'closed for {english}, a person answers {opening}' },
  off_duty_holiday_provisional: {
    zh: '{name}（当年放假安排未公布，按法定日期暂定），{opening} 有人回复',
    en: 'closed for {english} (arrangement of that year not announced, statutory date taken), a person answers {opening}',
  },
  calendar_provisional: {
    zh: '放假安排尚未公布，按法定日期暂定，可能有变',
    en: 'the holidays are not announced yet: statutory dates are taken, and it may change',
  },
  off_duty_exception: { zh: '{name}，{opening} 有人回复', en: 'closed ({name}), a person answers {opening}' },
  off_duty_no_opening: { zh: '非工作时间，没有设置以后的上班时间', en: 'off duty, and no coming opening hours are set' },
  away: { zh: '客服已设为离开，{opening} 有人回复', en: 'agents are set to away, a person answers {opening}' },
  away_no_opening: {
    zh: '客服已设为离开，没有以后的上班时间',
    en: 'agents are set to away, and no coming opening hours are known',
  },
  step_in_seconds: {
    zh: '客服在线但已等 {seconds} 秒无人回复，机器人先接一句',
    en: 'agents are on duty, but nobody answered for {seconds} s: the bot steps in',
  },
  step_in_messages: {
    zh: '客服在线但连续 {messages} 条消息无人回复，机器人先接一句',
    en: 'agents are on duty, but {messages} messages in a row had no answer: the bot steps in',
  },
  step_in_busy: { zh: '店铺设置为只请买家稍等', en: 'the shop lets it only ask for patience' },
  agent_holds: { zh: '客服正在接待，机器人不插话', en: 'an agent holds the conversation: the bot keeps still' },
  agent_answered: { zh: '客服已经回复', en: 'an agent has answered already' },
  bot_off: { zh: '机器人已关闭', en: 'the bot is switched off' },
  bot_switched: { zh: '机器人开关已调到 {mode}', en: 'the bot is switched to {mode}' },
  bot_stopped: { zh: '机器人已被停下，这条不再发出', en: 'the bot was stopped: this reply does not go out any more' },
  shadow: { zh: '影子模式：只记录，不发送', en: 'shadow mode: recorded, not sent' },
  recalled: { zh: '买家撤回了消息', en: 'the buyer recalled the message' },
  sticker_only: { zh: '只有表情，无需回复', en: 'only a sticker: needs no answer' },
  no_words: { zh: '没有文字内容', en: 'there are no words' },
  needs_no_answer: { zh: '无需回复（{intents}）', en: 'needs no answer ({intents})' },
  person_needed: { zh: '须由人工处理（{intents}）', en: 'a person must see to it ({intents})' },
  misunderstood_twice: { zh: '连续两次没听懂，转人工', en: 'not understood twice in a row: a person takes it' },
  not_text: { zh: '图片、语音等须人工查看', en: 'a picture, voice or card is for a person to look at' },
  understood: { zh: '听懂：{intents}', en: 'understood: {intents}' },
  understood_from_context: { zh: '接着上一问：{intent}', en: 'goes on from the question before: {intent}' },
  understood_mended: { zh: '像是打错字，按“{words}”理解', en: 'looks mistyped: read as "{words}"' },
  not_understood: { zh: '没有听懂', en: 'not understood' },
  part_not_understood: { zh: '另有一问没有听懂', en: 'something else is asked that was not understood' },
  several_variants: { zh: '问的不止一个颜色或尺码：{words}', en: 'more than one colour or size is asked about: {words}' },
  several_places: { zh: '问的不止一个地方：{words}', en: 'more than one place is asked about: {words}' },
  taken_back: { zh: '像是改口或不要前面说的：{words}', en: 'something said before seems to be taken back: {words}' },
  more_said: { zh: '旁边还说了没听懂的：{words}', en: 'more is said beside it that was not understood: {words}' },
  left_to_person: { zh: '其余留给客服（{intents}）', en: 'the rest is left to a person ({intents})' },
  stale: { zh: '消息已超过 {minutes} 分钟', en: 'the message is older than {minutes} minutes' },
  draft_only: { zh: '店铺设置为不自动回复（{intents}）', en: 'the shop does not let it be answered automatically ({intents})' },
  unsure: { zh: '把握不够（{intents}）', en: 'not sure enough ({intents})' },
  repeated_short: { zh: '同一问题再问，用短答', en: 'asked again: the short form' },
  repeated_held: { zh: '同一问题第三次，交给人工', en: 'asked a third time: a person takes it' },
  held_already: { zh: '本次下班时段已告知何时有人回复', en: 'this closed period has had its holding reply' },
  haggling_generous: { zh: '议价第{round}轮：买家不再坚持', en: 'round {round} of haggling: the buyer drops it (generous)' },
  haggling_probing: { zh: '议价第{round}轮：试探', en: 'round {round} of haggling: probing' },
  haggling_insistent: { zh: '议价第{round}轮：坚持', en: 'round {round} of haggling: insistent' },
  haggling_dropped: { zh: '买家不再议价', en: 'the buyer has dropped the haggling (generous)' },
  haggling_perks: { zh: '不让价，先说现有优惠', en: 'nothing is conceded: what exists is told' },
  haggling_hold: { zh: '不再让价，婉转重申', en: 'nothing more is conceded: restated kindly' },
  haggling_concede: { zh: '这一轮可以到{price}元，底线{limit}元', en: 'this round allows {price} yuan, the limit is {limit}' },
  haggling_accept: { zh: '买家出{offer}元，在权限内（底线{limit}元）', en: 'offer of {offer} yuan within the limit of {limit}' },
  haggling_covered: { zh: '买家出{offer}元，不让价也够', en: 'the offer of {offer} yuan is reached without a concession' },
  haggling_beyond: {
    zh: '买家出{offer}元，低于机器人的底线{limit}元，交给人工',
    en: 'offer of {offer} yuan, below what the bot may give ({limit}): a person takes it',
  },
  haggling_nobody: { zh: '买家出{offer}元，客服也不能答应', en: 'offer of {offer} yuan, below what anybody may give' },
  haggling_agents_turn: {
    zh: '客服在班，还有议价权限，机器人不替客服回绝',
    en: 'agents are on duty and may still give something: the bot does not refuse for them',
  },
  haggling_unclear: {
    zh: '出价按件还是一共说不准，交给人工',
    en: 'an offer for each or for all, that is unclear: a person takes it',
  },
  haggling_with_postage: {
    zh: '买家出{offer}元含运费，交给人工',
    en: 'the offer of {offer} yuan is to hold the postage too: for a person',
  },
  haggling_no_price: { zh: '不知道商品价格，出价交给人工', en: 'the price is not known: the offer is for a person' },
  finding: { zh: '违反规则“{rule}”，不自动发送', en: 'breaks the rule "{rule}": not sent by itself' },
  no_holding: { zh: '没有可用的等候话术', en: 'no holding reply can be used' },
  switched_off: { zh: '店铺关闭了这类回复', en: 'the shop has switched these replies off' },
  reply_chosen: { zh: '用回复 {template}', en: 'said by reply {template}' },
  reply_nothing_asked: { zh: '没有可回答的问题', en: 'nothing is asked that could be answered' },
  reply_none_for_ask: {
    zh: '{intent}：没有回答这种问法（{ask}）的回复',
    en: '{intent}: no reply answers this kind of question ({ask})',
  },
  reply_none_for_case: { zh: '{intent}：没有适合眼下情况的回复', en: '{intent}: no reply fits the case' },
  reply_draft_only: { zh: '{intent}：回复 {template} 只给客服作草稿', en: '{intent}: the reply {template} is for drafts only' },
  reply_missing_facts: { zh: '{intent}：回复 {template} 缺少 {facts}', en: '{intent}: the reply {template} lacks {facts}' },
  reply_said_before: {
    zh: '{intent}：回复 {template} 的说法都说过了',
    en: '{intent}: all wordings of {template} were said before',
  },
  reply_failed: { zh: '{intent}：回复 {template} 无法填写', en: '{intent}: the reply {template} cannot be filled in' },
  reply_too_long: { zh: '{limit} 个字里写不下', en: 'does not fit into {limit} characters' },
  reply_promises: {
    zh: '回复里说了客服会来办，仍须人工：{intents}',
    en: 'the reply says that a person will see to it, still open: {intents}',
  },
  reply_left_open: {
    zh: '{limit} 个字里写不下，留给客服：{intents}',
    en: 'no room in {limit} characters, left to a person: {intents}',
  },
  desk_messages: { zh: '连发 {messages} 条没人回', en: '{messages} messages in a row without an answer' },
  desk_rule: { zh: '离平台 {within} 秒规则还有 {seconds} 秒', en: '{seconds} s left of the platform rule of {within} s' },
  desk_rule_missed: { zh: '已超过平台 {within} 秒规则', en: 'the platform rule of {within} s is missed' },
  desk_first_answer: { zh: '首答只剩 {seconds} 秒', en: '{seconds} s left for the first answer' },
  desk_first_answer_late: { zh: '首答已超过 {within} 秒', en: 'the first answer is later than {within} s' },
  desk_for_person: { zh: '须人工，机器人不答', en: 'a person must see to it: the bot does not' },
  desk_waits: { zh: '已等 {seconds} 秒', en: 'has waited for {seconds} s' },
  desk_undelivered: { zh: '回复没有送到买家', en: 'a reply did not reach the buyer' },
  desk_nobody_waits: { zh: '没有人在等', en: 'nobody waits' },
  draft_agent_answered: { zh: '客服已经回复', en: 'an agent has answered' },
  draft_newer: { zh: '买家又说了同一件事，草稿已更新', en: 'the buyer said more of the matter: there is a newer draft' },
  draft_corrected: { zh: '买家改口了，草稿说的不再是他要问的', en: 'the buyer has corrected what the draft rests on' },
  draft_recalled: { zh: '买家撤回了消息', en: 'the buyer recalled the message' },
  draft_answered: { zh: '机器人已经回复', en: 'the bot has answered' },
  draft_bot_stopped: { zh: '机器人已被停下', en: 'the bot was stopped' },
  draft_stock_changed: { zh: '库存已变，草稿可能不再对', en: 'the stock has changed since' },
  draft_settings_changed: { zh: '店铺设置已改，草稿可能不再对', en: 'the settings of the shop have changed since' },
  drafts_made_anew_stock: { zh: '库存已变，草稿已按现在的库存重做', en: 'made anew: the stock has changed' },
  drafts_made_anew: { zh: '店铺设置或开关已改，草稿已重做', en: 'made anew: settings or switches of the shop have changed' },
  holding_chosen: { zh: '用等候话术 {template}', en: 'holding reply {template}' },
  draft_seen: { zh: '没有合适的回复，草稿只说已看到', en: 'no reply fits: the draft only says that it was seen' },
  holding_said_before: { zh: '等候话术都说过了', en: 'all holding replies were said before' },
} satisfies Record<string, { zh: string; en: string }>;

export type ReasonCode = keyof typeof sentences;

/** A reason as a value. The code must stand in the table above. */
export function reason(code: ReasonCode, values?: Readonly<Record<string, string | number>>): Reason {
  return values === undefined ? { code } : { code, values };
}

/** One reason as a sentence; an unknown code (an Answer stored by a later version) is shown as it is. */
export function reasonWords(because: Reason, language: Language): string {
  const sentence: string = (sentences as Record<string, { zh: string; en: string }>)[because.code]?.[language] ?? because.code;
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(because.values?.[name] ?? ''));
}

/** All reasons as one line. */
export function becauseWords(because: readonly Reason[], language: Language): string {
  return because.map((one) => reasonWords(one, language)).join(language === 'zh' ? '；' : '; ');
}
