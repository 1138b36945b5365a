/**
 * What a click anywhere on a row does. A click on its link is the link's own, and must reach whoever follows links:
 * kept from them, the browser follows it itself and loads the whole page anew.
 */
export const onRow = (act: () => void) => (event: MouseEvent) => {
  if (!(event.target as Element).closest("a")) act();
};
