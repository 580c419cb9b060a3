import { followFaces, serveWhoIsTouched } from './follow-a-face.ts';
import { measureWithCard } from './measure-with-a-card.ts';
import { openMirror, tellProblems } from './open-a-mirror.ts';
import { readTrackerAssets } from './tracker-assets.ts';

/** The page's element of this id and kind. @throws Error when the page has none */
function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}.`);
  return found;
}

const canvas = element('mirror', HTMLCanvasElement);
const words = element('words', HTMLParagraphElement);
const context = canvas.getContext('2d');
const assets = await readTrackerAssets(location.origin);

if (context === null || assets === null) {
  words.textContent = 'This browser or this server cannot show a mirror.';
} else {
  const tracker = openMirror(assets, element('agree', HTMLButtonElement));
  tellProblems(tracker, words, element('again', HTMLButtonElement));
  followFaces(tracker, context);
  serveWhoIsTouched(tracker, canvas);

  let endMeasuring = (): void => undefined;
  element('measure', HTMLButtonElement).addEventListener('click', () => {
    endMeasuring();
    endMeasuring = measureWithCard(tracker, {
      guide: (guidance, progress) => {
        words.textContent = `${guidance} ${Math.round(progress * 100)} %`;
      },
      show: (lines) => {
        element('numbers', HTMLParagraphElement).textContent = lines.join('\n');
      },
    });
  });
  element('stop', HTMLButtonElement).addEventListener('click', () => {
    endMeasuring();
    tracker.stop();
    element('numbers', HTMLParagraphElement).textContent = '';
    context.clearRect(0, 0, canvas.width, canvas.height);
  });
}
