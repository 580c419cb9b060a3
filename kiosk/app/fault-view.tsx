import { Component, type ReactNode } from 'react';
import type { Locale } from '../../protocol/ids.ts';
import { speakerOf } from '../language/words.ts';

/** A plain page for when the kiosk itself cannot go on: words, an advisor as the next step, and a way to begin anew. */
export function FaultView({ locale, onAgain }: { locale: Locale; onAgain: () => void }): ReactNode {
  const say = speakerOf(locale);
  return (
    <main className="screen page fault">
      <div className="page-head" role="alert">
        <h1>{say('fault.title')}</h1>
        <p className="lead">{say('fault.words')}</p>
      </div>
      <div className="actions">
        <button type="button" className="primary" onClick={onAgain}>
          {say('fault.again')}
        </button>
      </div>
    </main>
  );
}

interface FaultBoundaryProps {
  readonly locale: Locale;
  readonly onFault: (fault: unknown) => void;
  readonly onAgain: () => void;
  readonly children: ReactNode;
}

/** Catches what a screen throws while it is drawn, so that no client ever sees an empty mirror. */
export class FaultBoundary extends Component<FaultBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(fault: unknown): void {
    this.props.onFault(fault);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <FaultView locale={this.props.locale} onAgain={this.props.onAgain} />;
  }
}
