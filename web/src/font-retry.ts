/**
 * Fonts that could not be fetched, say because the first text was typed without network.
 * Owns asking again: a browser does not, as long as the rule is the same one.
 */

/** Asks again for the fonts that failed; true when there were any. */
export function retryFonts(): boolean {
  if (![...document.fonts].some((face) => face.status === 'error')) return false;
  for (const sheet of document.styleSheets) {
    for (let i = 0; i < sheet.cssRules.length; i += 1) {
      const rule = sheet.cssRules[i];
      if (!(rule instanceof CSSFontFaceRule)) continue;
      sheet.deleteRule(i);
      sheet.insertRule(rule.cssText, i);
    }
  }
  return true;
}
