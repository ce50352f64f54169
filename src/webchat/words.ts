/** What the chat says of itself, in two languages. */
export const words = {
  zh: {
    open: '联系客服',
    unread: (count: number) => `联系客服，${count} 条新消息`,
    close: '关闭聊天窗口',
    answers: {
      agent: (_opening: string | undefined) => '客服在线',
      later: (_opening: string | undefined) => '客服暂时不在，请留言，回来就回复您',
      bot: (opening: string | undefined) =>
        opening === undefined ? '客服休息中，自动回复先接待' : `客服休息中，自动回复先接待，${opening}有人回复`,
      nobody: (opening: string | undefined) =>
        opening === undefined ? '客服现在休息中，请留言' : `客服现在休息中，${opening}有人回复`,
    },
    hours: (hours: string) => `在线时间 ${hours}`,
    log: '聊天记录',
    write: '输入消息，回车发送',
    send: '发送',
    you: '我',
    bot: '自动回复',
    agent: '客服',
    waiting: '等待发送',
    sending: '发送中',
    failed: '没有发出',
    offline: '网络断开，连上后会自动发出',
    busy: '发得太快了，稍等一下会自动发出',
    gone: '聊天暂时不可用',
    tooLong: (most: number) => `最多 ${most} 个字`,
  },
  en: {
    open: 'Chat with us',
    unread: (count: number) => `Chat with us, ${count} new`,
    close: 'Close the chat',
    answers: {
      agent: (_opening: string | undefined) => 'We are here',
      later: (_opening: string | undefined) => 'Nobody is at the desk just now. Leave a message, we will answer',
      bot: (_opening: string | undefined) => 'We are away: an automatic reply answers first, a person later',
      nobody: (_opening: string | undefined) => 'We are away just now. Leave a message, we will answer',
    },
    hours: (hours: string) => `Hours: ${hours}`,
    log: 'Conversation',
    write: 'Write a message',
    send: 'Send',
    you: 'You',
    bot: 'Automatic reply',
    agent: 'Agent',
    waiting: 'waits to be sent',
    sending: 'is being sent',
    failed: 'was not sent',
    offline: 'No connection. Messages go out once it is back',
    busy: 'A little too fast: it goes out in a moment',
    gone: 'The chat is not available just now',
    tooLong: (most: number) => `${most} characters at most`,
  },
} as const;

export type Language = keyof typeof words;
export type Words = (typeof words)[Language];
