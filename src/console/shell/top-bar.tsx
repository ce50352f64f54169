/** The head of every page: brand, shop, where one can go, language, theme, who is logged in. */
import type { ComponentChildren } from 'preact';
import { pages } from '../pages.js';
import { toastError } from '../shared/announcer.js';
import { place } from '../shared/router.js';
import { chooseShop, logOut, may, me, shop } from '../shared/session.js';
import { words } from '../shared/words.js';
import { LanguageSwitch, ThemeSwitch } from './switches.js';

/** @param children what the page adds at the end: clocks, the state of its line */
export function TopBar({ children }: { readonly children?: ComponentChildren }) {
  const w = words.value.shell;
  const served = me.value?.servedShops ?? [];
  const { path } = place.value;
  return (
    <header class="top">
      <a class="skip" href="#main">
        {w.skip}
      </a>
      <a class="brand" href="/">
        {w.brand}
      </a>
      {served.length > 1 ? (
        <select
          class="top-shop input"
          aria-label={w.shop}
          value={shop.value?.id}
          onChange={(event) => chooseShop(event.currentTarget.value)}
        >
          {served.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <span class="top-shop clip" lang="zh-CN">
          {shop.value?.name}
        </span>
      )}
      {/* 交接 (hand-over) and 数据 (insights) will stand behind the desk: the order here is that of `pages`. */}
      <nav class="nav" aria-label={w.navigation}>
        {Object.entries(pages)
          .filter(([, { nav, needs }]) => nav !== undefined && (needs === undefined || may(needs)))
          .map(([to, { nav, under = to }]) => (
            <a
              key={to}
              href={to}
              aria-current={path === to || (under !== '/' && path.startsWith(`${under}/`)) ? 'page' : undefined}
            >
              {w.nav[nav!]}
            </a>
          ))}
      </nav>
      <div class="top-end">
        {children}
        <LanguageSwitch />
        <ThemeSwitch />
        {me.value !== undefined && (
          <details class="menu">
            <summary class="chip chip-me" lang="zh-CN">
              {me.value.name}
            </summary>
            <div class="menu-box">
              <p class="xs muted">
                {me.value.login} · {w.roles[me.value.role]}
              </p>
              <a class="btn btn-quiet" href="/account">
                {w.account}
              </a>
              <button
                type="button"
                class="btn btn-quiet"
                onClick={() => logOut().catch((error: unknown) => toastError(error, w.logOutFailed))}
              >
                {w.logOut}
              </button>
            </div>
          </details>
        )}
      </div>
    </header>
  );
}
