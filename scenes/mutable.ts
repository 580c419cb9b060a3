/** A record that its one owner writes anew from frame to frame, so that no frame makes another. */
export type Mutable<Value> = { -readonly [Key in keyof Value]: Value[Key] };
