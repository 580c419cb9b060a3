import { checkGlb } from './check-glb.ts';
import { checkLod } from './check-lod.ts';

/** What a check says of one file: accepted or refused, and why, in one line. */
export interface FileCheck {
  readonly ok: boolean;
  readonly line: string;
}

/** Where the models lie; rejects where there is none. */
export type ReadModel = (file: string) => Promise<Uint8Array>;

/** Checks one model, and where its second level lies beside it (`NAME.lod1.glb`), whether the two can stand in for one another. */
export async function checkPieceFile(
  file: string,
  readModel: ReadModel,
  exists: (file: string) => boolean,
): Promise<FileCheck> {
  const fine = await checkFile(file, readModel);
  if (!fine.ok) return fine;
  const coarseFile = file.replace(/\.glb$/, '.lod1.glb');
  if (file.endsWith('.lod1.glb') || coarseFile === file || !exists(coarseFile)) return fine;
  const coarse = await checkFile(coarseFile, readModel);
  if (!coarse.ok) return coarse;
  const pair = checkLod(fine.checked, coarse.checked);
  if (!pair.ok) return { ok: false, line: `${coarseFile}: ${pair.error.code}. ${pair.error.message}` };
  const { triangles, bytes } = coarse.checked;
  return { ok: true, line: `${fine.line}; second level: ${triangles} triangles, ${bytes} bytes` };
}

async function checkFile(file: string, readModel: ReadModel) {
  let bytes: Uint8Array;
  try {
    bytes = await readModel(file);
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    return { ok: false, line: `${file}: unreadable. The file cannot be read: ${why}.` } as const;
  }
  const result = await checkGlb(new Uint8Array(bytes));
  if (!result.ok)
    return { ok: false, line: `${file}: ${result.error.code}. ${result.error.message}` } as const;
  const { triangles, drawCalls, extentMm, variants } = result.value;
  const across = extentMm.map((mm) => Number(mm.toFixed(1))).join(' × ');
  const cost = `${triangles} triangles, ${bytes.byteLength} bytes, ${drawCalls} draw calls`;
  return {
    ok: true,
    line: `${file}: accepted. ${across} mm; ${cost}; finishes: ${variants.join(', ')}`,
    checked: result.value,
  } as const;
}
