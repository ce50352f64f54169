/** How the chat looks, whatever the page around it does: a sheet of its own inside a shadow root. */

export const looks = `
:host { all: initial; --ground: #fff; --inset: #f3f2ee; --line: #8b867c; --hair: #dddad3; --text: #1c1b19; --soft: #514e48;
  --act: #2b4fa8; --on-act: #fff; --own: #e9eefa; --danger: #b0241c; color-scheme: light; }
:host([data-theme=dark]) { --ground: #1a1c20; --inset: #121316; --line: #7a7f8a; --hair: #33363e; --text: #eceae5; --soft: #c0bdb6;
  --act: #9fb8ff; --on-act: #121316; --own: #222c47; --danger: #ff9d93; color-scheme: dark; }
@media (prefers-color-scheme: dark) { :host(:not([data-theme=light])) { --ground: #1a1c20; --inset: #121316; --line: #7a7f8a;
  --hair: #33363e; --text: #eceae5; --soft: #c0bdb6; --act: #9fb8ff; --on-act: #121316; --own: #222c47; --danger: #ff9d93;
  color-scheme: dark; } }
* { box-sizing: border-box; margin: 0; }
.all { position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; color: var(--text); text-align: left;
  font: 15px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; font-variant-numeric: tabular-nums; }
button, textarea { font: inherit; color: inherit; }
button { cursor: pointer; }
button:focus-visible, textarea:focus-visible, .log:focus-visible { outline: 2px solid var(--act); outline-offset: 2px; }
.bubble { display: flex; align-items: center; justify-content: center; width: 56px; height: 56px; border: 1px solid var(--hair);
  border-radius: 28px; background: var(--act); color: var(--on-act); box-shadow: 0 2px 12px rgba(0, 0, 0, .25); }
.bubble svg { width: 26px; height: 26px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linejoin: round; }
.count { position: absolute; top: -6px; right: -6px; min-width: 24px; padding: 0 6px; border: 2px solid var(--ground);
  border-radius: 12px; background: var(--danger); color: var(--ground); font-size: 13px; line-height: 20px; text-align: center; }
.panel { display: flex; flex-direction: column; width: 360px; height: 560px; max-height: calc(100vh - 40px); overflow: hidden;
  border: 1px solid var(--hair); border-radius: 10px; background: var(--ground); box-shadow: 0 6px 28px rgba(0, 0, 0, .28); }
[hidden] { display: none !important; }
header { display: flex; gap: 8px; align-items: flex-start; padding: 12px 8px 12px 16px; border-bottom: 1px solid var(--hair); }
header div { flex: 1; min-width: 0; }
h2 { font-size: 16px; font-weight: 600; overflow-wrap: anywhere; }
header p { color: var(--soft); font-size: 13px; }
.close { width: 36px; height: 36px; flex: none; border: 0; border-radius: 6px; background: none; }
.close svg { width: 16px; height: 16px; stroke: currentColor; stroke-width: 1.8; }
.log { flex: 1; overflow-y: auto; overscroll-behavior: contain; padding: 16px; background: var(--inset); }
.said { display: flex; flex-direction: column; align-items: flex-start; margin-bottom: 12px; }
.said.own { align-items: flex-end; }
.who { color: var(--soft); font-size: 12px; }
.words { max-width: 86%; padding: 8px 12px; border: 1px solid var(--hair); border-radius: 10px; background: var(--ground);
  white-space: pre-wrap; overflow-wrap: anywhere; }
.own .words { background: var(--own); }
.bot .words { border-style: dashed; border-color: var(--line); }
.failed .who { color: var(--danger); }
.state { padding: 4px 16px; border-top: 1px solid var(--hair); color: var(--soft); font-size: 13px; }
form { display: flex; gap: 8px; align-items: flex-end; padding: 12px; border-top: 1px solid var(--hair); }
textarea { flex: 1; min-width: 0; height: 44px; max-height: 132px; resize: none; padding: 9px 10px; border: 1px solid var(--line);
  border-radius: 6px; background: var(--ground); font-size: 16px; }
textarea::placeholder { color: var(--soft); opacity: 1; }
.send { flex: none; height: 44px; padding: 0 16px; border: 1px solid var(--act); border-radius: 6px; background: var(--act);
  color: var(--on-act); font-weight: 600; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (max-width: 480px) {
  .all { right: 12px; bottom: 12px; }
  .all.open { inset: 0; }
  .panel { width: 100%; height: 100%; max-height: none; border: 0; border-radius: 0; }
}
@media (forced-colors: active) { .words, .bubble { border: 1px solid CanvasText; } }
`;
