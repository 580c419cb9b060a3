import { useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import { RefusalNotice } from '../parts/notice.tsx';
import { useTablet } from '../app/tablet.ts';

/** A tablet without a boutique: one code makes it one. `why` says why one that had a boutique has none any more. */
export function EnrolScreen({ why }: { readonly why?: string }) {
  const { desk, known, voice } = useTablet();
  const { say } = voice;
  const [code, setCode] = useState('');
  const { busy, refusal } = known.enrolment;
  return (
    <main className="screen enrol">
      <div className="column">
        {why && (
          <div className="line-note" role="alert">
            <strong>{say('refused.title')}</strong>
            <p>{why}</p>
          </div>
        )}
        <h1>{say('enrol.title')}</h1>
        <p className="lead">{say('enrol.words')}</p>
        <Form
          className="code-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (code.trim().length >= 8) void desk.enrol(code);
          }}
        >
          <TextField className="field" value={code} onChange={setCode} isDisabled={busy} autoComplete="off">
            <Label className="label">{say('enrol.code')}</Label>
            <Input autoCapitalize="characters" spellCheck={false} maxLength={64} />
          </TextField>
          <Button className="primary" type="submit" isDisabled={busy || code.trim().length < 8}>
            {busy ? say('enrol.busy') : say('enrol.send')}
          </Button>
          <RefusalNotice attempt="enrol" refusal={refusal} />
        </Form>
      </div>
    </main>
  );
}
