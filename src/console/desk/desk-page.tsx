/** The agents' desk. */
import { TopBar } from '../shell/top-bar.js';

export function Page() {
  return (
    <>
      <TopBar />
      <main class="desk" id="main" />
    </>
  );
}
