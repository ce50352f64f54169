/** What the console says in English. */
import type { Words } from '../shared/words.js';

export const en: Words = {
  shell: {
    brand: 'Zaima',
    skip: 'Skip to content',
    shop: 'Shop',
    navigation: 'Main',
    nav: {
      desk: 'Desk',
    },
    roles: { owner: 'Owner', lead: 'Lead', agent: 'Agent' },
    logOut: 'Log out',
    logOutFailed: 'Could not log out',
    toLight: 'Switch to light',
    toDark: 'Switch to dark',
    dismiss: 'Dismiss',
    offline: 'Offline, reconnecting; nothing you typed is lost',
    tryNow: 'Try now',
    broken: 'This page broke',
    brokenMore: 'Other pages are not affected; what you typed is kept.',
    reload: 'Reload',
    updated: 'The service was updated: please reload',
    noPage: 'There is no such page',
    notForYou: 'Your role may not see this page',
    unreachable: 'The service cannot be reached, trying again …',
  },

  login: {
    title: 'Log in',
    what: 'Agents’ desk and shop settings',
    login: 'Login',
    password: 'Password',
    go: 'Log in',
    wrong: 'Login or password is wrong',
    offline: 'The service cannot be reached: check the network and try again',
    failed: (why) => `Could not log in: ${why}`,
    wait: (seconds) => `Too many wrong passwords: try again in ${seconds} s`,
    forgotten: 'Forgotten it? The owner can set a new one.',
  },
};
