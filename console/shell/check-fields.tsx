import type { ReactNode } from 'react';

/** Something that is so or is not. */
export function Check({
  label,
  checked,
  onChange,
}: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}): ReactNode {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {label}
    </label>
  );
}

interface SetProps<Word extends string> {
  readonly legend: string;
  readonly all: readonly Word[];
  readonly labelOf: (word: Word) => string;
}

/** Any number of a set's words, told in the set's own order. */
export function SomeOf<Word extends string>({
  legend,
  all,
  labelOf,
  chosen,
  onChange,
}: SetProps<Word> & {
  readonly chosen: readonly Word[];
  readonly onChange: (chosen: readonly Word[]) => void;
}): ReactNode {
  return (
    <fieldset className="radios">
      <legend>{legend}</legend>
      {all.map((word) => (
        <Check
          key={word}
          label={labelOf(word)}
          checked={chosen.includes(word)}
          onChange={(checked) =>
            onChange(all.filter((one) => (one === word ? checked : chosen.includes(one))))
          }
        />
      ))}
    </fieldset>
  );
}

/** One of a set's words. */
export function OneOf<Word extends string>({
  legend,
  all,
  labelOf,
  name,
  chosen,
  onChange,
}: SetProps<Word> & {
  /** The group's name in the form. */
  readonly name: string;
  readonly chosen: Word;
  readonly onChange: (chosen: Word) => void;
}): ReactNode {
  return (
    <fieldset className="radios">
      <legend>{legend}</legend>
      {all.map((word) => (
        <label key={word} className="check">
          <input type="radio" name={name} checked={chosen === word} onChange={() => onChange(word)} />
          {labelOf(word)}
        </label>
      ))}
    </fieldset>
  );
}
