import { Label, Radio, RadioGroup } from 'react-aria-components';

/** One question and its answers, each a touch. */
export function Touches<Value extends string>({
  label,
  values,
  value,
  words,
  onChange,
}: {
  readonly label: string;
  readonly values: readonly Value[];
  readonly value: Value | null;
  readonly words: (value: Value) => string;
  readonly onChange: (value: Value) => void;
}) {
  return (
    <RadioGroup
      className="note-touches"
      value={value}
      onChange={(chosen) => {
        const found = values.find((one) => one === chosen);
        if (found !== undefined) onChange(found);
      }}
    >
      <Label className="label">{label}</Label>
      <div className="note-chips">
        {values.map((one) => (
          <Radio key={one} value={one} className="chip">
            {words(one)}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
