/** What the console says in Chinese: the measure for all other languages. A section a page; words with values are functions. */

export const zh = {
  shell: {
    brand: '在吗',
    skip: '跳到正文',
    shop: '店铺',
    navigation: '主导航',
    nav: {
      desk: '工作台',
    },
    roles: { owner: '店主', lead: '主管', agent: '客服' },
    logOut: '退出登录',
    logOutFailed: '没能退出',
    toLight: '切换到浅色',
    toDark: '切换到深色',
    dismiss: '知道了',
    offline: '离线，重连中；已写的字都在',
    tryNow: '马上重试',
    broken: '这一页出了错',
    brokenMore: '其他页面不受影响；写过的字都在。',
    reload: '重新加载',
    updated: '服务已更新，请重新加载',
    noPage: '没有这一页',
    notForYou: '您的角色不能看这一页',
    unreachable: '连不上服务，正在重试……',
  },

  login: {
    title: '登录',
    what: '客服工作台与店铺设置',
    login: '登录名',
    password: '密码',
    go: '登录',
    wrong: '登录名或密码不对',
    offline: '连不上服务，请检查网络后再试',
    failed: (why: string) => `没能登录：${why}`,
    wait: (seconds: number) => `密码错了太多次，请 ${seconds} 秒后再试`,
    forgotten: '忘了密码？请店主重设。',
  },
};
