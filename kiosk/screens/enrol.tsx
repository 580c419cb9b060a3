import { useState, type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Form } from 'react-aria-components/Form';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { TextField } from 'react-aria-components/TextField';
import type { WireError } from '../../protocol/errors.ts';
import { useKiosk, useLink, useSay } from '../app/kiosk-context.tsx';
import type { MessageId } from '../language/en.ts';

const refusalWords: Partial<Record<WireError['code'], MessageId>> = {
  'code-unknown': 'enrol.error.code-unknown',
  'code-expired': 'enrol.error.code-expired',
  'code-used': 'enrol.error.code-used',
  'code-locked': 'enrol.error.code-locked',
  unreachable: 'enrol.error.offline',
};

/** A mirror that no boutique knows yet, or no more: a one-time code makes it one of the house's. */
export function Enrol({ refusal }: { refusal: WireError['code'] | null }): ReactNode {
  const { link, collection } = useKiosk();
  const { status } = useLink();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState(refusal);
  const enrol = async (code: string): Promise<void> => {
    setBusy(true);
    const answer = await link.enrol(code.trim());
    setBusy(false);
    setProblem(answer.ok ? null : answer.error.code);
  };
  const refused = status.kind === 'refused' ? status.code : null;
  return (
    <main className="screen page enrol">
      <header className="page-head">
        <p className="eyebrow">{collection.catalogue.maisonName}</p>
        <h1>{say('enrol.title')}</h1>
        <p className="lead">
          {refused === 'unsupported-version'
            ? say('enrol.version')
            : refused
              ? say('enrol.revoked')
              : say('enrol.words', { maison: collection.catalogue.maisonName })}
        </p>
      </header>
      <Form
        className="enrol-form"
        onSubmit={(event) => {
          event.preventDefault();
          const code = new FormData(event.currentTarget).get('code');
          if (typeof code === 'string' && !busy) void enrol(code);
        }}
      >
        <TextField
          name="code"
          isRequired
          minLength={8}
          maxLength={64}
          isInvalid={problem !== null}
          autoComplete="off"
          validationBehavior="aria"
          onChange={() => setProblem(null)}
        >
          <Label className="eyebrow">{say('enrol.code')}</Label>
          <Input className="code-input" autoCapitalize="characters" spellCheck="false" />
          <FieldError className="field-error">
            {problem && say(refusalWords[problem] ?? 'enrol.error.other')}
          </FieldError>
        </TextField>
        <Button type="submit" className="primary" isDisabled={busy}>
          {say(busy ? 'enrol.busy' : 'enrol.send')}
        </Button>
      </Form>
    </main>
  );
}
