import { useState } from 'react';
import { Button, Form, Input, Label, Text, TextField } from 'react-aria-components';
import type { ErrorCode } from '../../protocol/errors.ts';
import { useTablet } from '../app/tablet.ts';
import { secretOfMark } from '../app/mark-secret.ts';
import { RefusalNotice } from './notice.tsx';
import { ScanCode } from './scan-code.tsx';

/** Shows a code as the mirror does, in two groups of four; what else was typed stays as it is. */
function grouped(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[\s-]/g, '');
  return letters.length > 4 && letters.length <= 8 ? `${letters.slice(0, 4)} ${letters.slice(4)}` : letters;
}

/** What a code is refused for that no correction mends: the client's mirror has another by now. */
const spent: readonly (ErrorCode | undefined)[] = ['code-used', 'code-expired', 'code-locked'];

/** The way to a client: the mark on their mirror by this tablet's camera, or the code beside it by hand. */
export function ClaimForm() {
  const { desk, known, voice, live, rehearses } = useTablet();
  const { say } = voice;
  const [typed, setTyped] = useState('');
  const { busy, refusal } = known.claim;
  const claim = async (): Promise<void> => {
    await desk.claimCode(typed);
    // What was typed meanwhile is another code.
    if (spent.includes(desk.state.get().claim.refusal?.code)) setTyped((now) => (now === typed ? '' : now));
  };
  return (
    <Form
      className="claim-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (live && !busy && typed.trim() !== '') void claim();
      }}
    >
      {/* The mirror of a rehearsal is nowhere to be held the tablet before. */}
      {!rehearses && (
        <ScanCode
          kind="mark"
          isDisabled={!live || busy}
          onText={(text) => {
            const secret = secretOfMark(text);
            if (secret) void desk.claimSecret(secret);
            return secret !== null;
          }}
        />
      )}
      <TextField
        className="field"
        value={typed}
        onChange={(text) => {
          desk.clearClaim();
          setTyped(grouped(text));
        }}
        isInvalid={known.claimMistyped || refusal !== null}
        autoComplete="off"
      >
        <Label className="label">{say('board.code')}</Label>
        <Input className="code-input" autoCapitalize="characters" spellCheck={false} maxLength={16} />
        <Text slot="description" className="help">
          {say('board.code.help')}
        </Text>
      </TextField>
      {known.claimMistyped ? (
        <div role="alert" className="notice-place">
          <p className="notice">{say('board.code.form')}</p>
        </div>
      ) : (
        <RefusalNotice attempt="claim" refusal={refusal} />
      )}
      <Button className="secondary" type="submit" isDisabled={busy || !live || typed.trim() === ''}>
        {busy ? say('board.code.busy') : say('board.code.send')}
      </Button>
    </Form>
  );
}
