/** A fifth, struck softly: heard by who listens for it, and by nobody who is being served. */
const partials = [
  { hz: 783.99, atS: 0, peak: 0.05 },
  { hz: 1174.66, atS: 0.14, peak: 0.035 },
] as const;

const attackS = 0.012;
const decayS = 1.4;
/** An exponential ramp never reaches nothing; this is not heard. */
const silence = 0.0001;

/** Makes the tablet's tone by itself: no recording is loaded. The browser's audio is opened at the first tone and not before. */
export function createCallTone(open: () => AudioContext = () => new AudioContext()): () => void {
  let audio: AudioContext | null = null;
  return () => {
    audio ??= open();
    const { currentTime, destination } = audio;
    void audio.resume();
    for (const { hz, atS, peak } of partials) {
      const fromS = currentTime + atS;
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      tone.type = 'sine';
      tone.frequency.value = hz;
      loudness.gain.setValueAtTime(silence, fromS);
      loudness.gain.exponentialRampToValueAtTime(peak, fromS + attackS);
      loudness.gain.exponentialRampToValueAtTime(silence, fromS + decayS);
      tone.connect(loudness).connect(destination);
      tone.start(fromS);
      tone.stop(fromS + decayS);
    }
  };
}
