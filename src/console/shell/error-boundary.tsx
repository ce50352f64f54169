/** A page that breaks says so, and leaves the rest of the console standing. */
import { Component, type ComponentChildren } from 'preact';
import { words } from '../shared/words.js';

interface Props {
  /** Where it changes, what broke is tried anew. */
  readonly place: string;
  readonly children: ComponentChildren;
}

export class ErrorBoundary extends Component<Props, { broken: { error: Error; at: string } | undefined }> {
  override state: { broken: { error: Error; at: string } | undefined } = { broken: undefined };

  override componentDidCatch(error: Error): void {
    reportError(error);
    this.setState({ broken: { error, at: this.props.place } });
  }

  override render() {
    const { broken } = this.state;
    if (broken === undefined || broken.at !== this.props.place) return this.props.children;
    const w = words.value.shell;
    return (
      <main class="page" id="main">
        <h1>{w.broken}</h1>
        <p class="soft">{w.brokenMore}</p>
        <p class="muted sm">{broken.error.message}</p>
        <p>
          <button type="button" class="btn btn-main" onClick={() => location.reload()}>
            {w.reload}
          </button>
        </p>
      </main>
    );
  }
}
