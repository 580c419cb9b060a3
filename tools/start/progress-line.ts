const barWidth = 28;

/** A progress bar for downloads: redrawn in place on a terminal, a line at each quarter elsewhere. */
export function progressLine(out: {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}): (name: string, doneBytes: number, totalBytes: number | null) => void {
  let lastQuarter = -1;
  let lastName = '';
  return (name, doneBytes, totalBytes) => {
    const share = totalBytes ? Math.min(1, doneBytes / totalBytes) : 0;
    const megabytes = (doneBytes / 1e6).toFixed(1);
    const quarter = Math.floor(share * 4);
    if (name !== lastName) lastQuarter = -1;
    lastName = name;
    if (out.isTTY) {
      const filled = Math.round(share * barWidth);
      const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled);
      out.write(
        `\r${name} ${totalBytes ? `${bar} ${Math.round(share * 100)} %` : ''} ${megabytes} MB${share === 1 ? '\n' : ''}`,
      );
    } else if (quarter !== lastQuarter) {
      lastQuarter = quarter;
      out.write(`${name}: ${megabytes} MB${totalBytes ? `, ${Math.round(share * 100)} %` : ''}\n`);
    }
  };
}
