import type { Locale } from './ids.ts';

/**
 * Words that no line of a note may hold, and the turns of phrase in which they mean a piece. They are compared with a line in small
 * letters without accents, in which whatever is neither letter nor digit is one space. A line is held against the words of every
 * language: an advisor may type in another than the boutique's.
 */
export interface NoteWords {
  /** Of a body, of looks, of health, of faith, of whom somebody loves or has lost. */
  readonly person: readonly string[];
  /** What a word of the first list may stand in. */
  readonly ofPieces: readonly RegExp[];
}

const wordsOf = (list: string): readonly string[] => list.trim().split(/\s+/u);

/** By language: the kit speaks none that has no list here. */
export const noteWords: Readonly<Record<Locale, NoteWords>> = {
  en: {
    person: wordsOf(`
      body bodies face faces facial skin skinned complexion hair haired eye eyes eyed eyebrow eyebrows
      eyelid eyelids nose lip lips mouth tooth teeth ear ears earlobe earlobes cheek cheeks cheekbones
      chin jaw forehead beard moustache mustache neck throat shoulder shoulders chest breast breasts
      bosom bust waist waistline belly stomach tummy hip hips buttocks bum leg legs thigh thighs knee
      knees ankle ankles foot feet toe toes hand hands finger fingers knuckle knuckles nail nails
      fingernails wrist wrists scar scars tattoo tattoos wrinkle wrinkles freckles mole moles physique
      silhouette overweight fat obese plump chubby skinny curvy stocky bald balding blond blonde
      brunette redhead ugly sexy handsome attractive elderly pregnant pregnancy ill illness sick
      disease cancer disabled disability wheelchair deaf blind allergy allergies allergic surgery
      diabetes diabetic depressed depression autism autistic epilepsy epileptic dementia alzheimer
      chemo chemotherapy hiv religion religious muslim muslims islam islamic jew jews jewish judaism
      catholic catholics protestant protestants hindu hindus buddhist buddhists sikh sikhs kosher
      halal hijab gay lesbian homosexual bisexual transgender widow widowed widower divorce divorced`),
    ofPieces: [
      /\bear (?:cuff|clip|climber|stud)s?\b/g,
      /\b(?:watch|clock|case) (?:face|body)\b/g,
      /\b(?:calf|lamb|goat|python|crocodile|alligator|ostrich|lizard|shark) skin\b/g,
      /\bhair (?:clip|pin|comb|band|slide)s?\b/g,
      /\b(?:cat|cat s|tiger|tiger s|bull s) eyes?\b/g,
      /\bnose (?:pad|bridge|piece)s?\b/g,
      /\blip (?:colou?r|stick|balm|tint|liner)s?\b/g,
      /\bnail (?:lacquer|polish|colou?r)s?\b/g,
      /\b(?:by|in|at|on|to|second|hour|minute|other|first) hand\b/g,
      /\b(?:blued|luminous|watch|hour and minute) hands\b/g,
      /\bhand (?:made|engraved|finished|set|sewn|stitched|painted|over|in|written|delivered|delivery)\b/g,
      /\bkeep an eye\b/g,
    ],
  },
  fr: {
    person: wordsOf(`
      corps visage visages figure peau cheveu cheveux oeil yeux sourcil sourcils paupiere paupieres
      nez levre levres bouche dent dents oreille oreilles lobe lobes joues pommette pommettes menton
      machoire barbe moustache cou gorge nuque epaule epaules poitrine sein seins buste decollete
      ventre hanche hanches fesse fesses jambe jambes cuisse cuisses genou genoux cheville chevilles
      pied pieds orteil orteils bras main mains doigt doigts ongle ongles poignet poignets cicatrice
      cicatrices tatouage tatouages tatoue tatouee ride rides ridee silhouette physique obese maigre
      mince ronde dodue chauve blond blonde brunette rousse rouquin rouquine moche laid laide sexy
      seduisant seduisante enceinte grossesse malade maladie cancer handicap handicape handicapee
      sourd sourde aveugle allergie allergies allergique operee diabete diabetique depression
      depressif depressive autisme autiste epilepsie epileptique demence alzheimer chimio
      chimiotherapie seropositif seropositive religion religieux religieuse musulman musulmane
      musulmans musulmanes islam juif juive juifs juives judaisme catholique catholiques protestant
      protestante hindou hindoue bouddhiste bouddhistes casher halal homosexuel homosexuelle
      lesbienne bisexuel bisexuelle transgenre veuf veuve divorce divorcee`),
    ofPieces: [
      /\b(?:boucle|clip|bijou|tour|manchette)s? d oreilles?\b/g,
      /\b(?:tour|ras) (?:de|du) cou\b/g,
      /\bpeau (?:de|d) [a-z]+\b/g,
      /\b(?:rouge|baume|crayon)s? a levres\b/g,
      /\bvernis a ongles\b/g,
      /\boeil de (?:chat|tigre)\b/g,
      /\b(?:a la|fait|faite|faits|faites|cousu|cousue|peint|peinte|seconde|premiere|prise en|en) mains?\b/g,
      /\bremis(?:e|es)? en mains? propres?\b/g,
      /\bmain propre\b/g,
    ],
  },
};
