/**
 * English: menu, help, style panel, people; what comes after "Saved".
 * Owns words, by what shows them. Knows nothing of the page.
 */

export const enLater = {
  menu: {
    fingers: 'Draw with fingers',
  },

  connection: {
    retry: 'Try now',
  },

  share: {
    send: 'Send this link to whoever should draw with you',
    copy: 'Copy',
  },

  hints: {
    empty: 'An empty board',
    menu: 'Boards, theme, dots',
    tools: 'Take a tool',
    help: 'Keys and gestures',
    draw: 'Pick a tool and draw. Everything is saved as you go.',
    share: 'Share the link, and others draw with you.',
    back: 'Back to content',
  },

  help: {
    title: 'Help',
    close: 'Close',
    touch: 'With fingers',
    tools: 'Tools',
    drawing: 'Drawing',
    edit: 'Edit',
    arrange: 'Arrange',
    view: 'View',
    typing: 'Typing',
  },

  announcer: {
    came: (name: string) => `${name} is here`,
    went: (name: string) => `${name} has left`,
    selected: (count: number) => (count === 0 ? 'Nothing selected' : `${count} selected`),
  },

  /** What keys do with a tool in hand or in a text, in a few words. */
  toolHints: {
    select: [{ keys: 'shift', does: 'adds to the selection' }, { keys: 'alt', does: 'moves a copy' }, { keys: 'enter', does: 'types in a text' }],
    rectangle: [{ keys: 'shift', does: 'equal sides' }, { keys: 'alt', does: 'from the centre' }],
    ellipse: [{ keys: 'shift', does: 'a circle' }, { keys: 'alt', does: 'from the centre' }],
    line: [{ keys: 'shift', does: 'steps of 15°' }, { keys: 'alt', does: 'from the middle' }],
    arrow: [{ keys: 'shift', does: 'steps of 15°' }, { keys: 'alt', does: 'from the middle' }],
    typing: [{ keys: 'enter', does: 'a new line' }, { keys: 'escape mod+enter', does: 'ends the text' }],
    eraser: [{ keys: 'escape', does: 'gives back what is not erased yet' }],
  },

  /** What hand and keys do that no button does, or several at once. */
  gestures: {
    twoFingers: 'two fingers',
    pinch: 'pinch',
    doubleTap: 'double tap',
    swipeUp: 'swipe up',
    editText: 'Type in a text',
    wholeSheet: 'All of the style sheet',
    equalSides: 'Equal sides, steps of 15°',
    fromCentre: 'From the centre',
    addToSelection: 'Add to the selection',
    dragCopies: 'Move a copy',
    pan: 'Move around',
    zoom: 'Zoom',
    drag: 'drag',
    click: 'click',
    wheel: 'wheel',
  },

  style: {
    stroke: 'Stroke',
    /** The same where it is a text's and nothing else's. */
    color: 'Colour',
    fill: 'Fill',
    width: 'Stroke width',
    opacity: 'Opacity',
    fontSize: 'Font size',
    contour: 'Outline',
    corner: 'Corners',
    dash: 'Dashes',
    fillStyle: 'Filling',
    rough: 'Sketched',
    route: 'Route',
    startHead: 'Start',
    endHead: 'End',
    arrange: 'Arrange',
    opener: 'Style',
    fold: 'Fold this panel',
    keepOpen: 'Keep this panel open',
    more: 'More',
    selection: 'Selection',
    panel: 'Style of what is drawn',
    mixed: 'mixed',
    anyColor: 'Any colour',
    option: (field: string, value: string) => `${field}: ${value}`,
    custom: (field: string) => `${field}: any colour`,
    slider: (field: string) => `${field}, any`,
    inNumbers: (field: string) => `${field} in numbers`,
    outOfRange: (field: string, min: number, max: number) => `${field} is a number from ${min} to ${max}.`,
  },

  /** Numbers that are often wanted. */
  presets: {
    thin: 'Thin',
    medium: 'Medium',
    bold: 'Bold',
    extraBold: 'Extra bold',
    small: 'Small',
    large: 'Large',
    extraLarge: 'Extra large',
  },
  /** Sizes by a letter. */
  letters: { small: 'S', medium: 'M', large: 'L', extraLarge: 'XL' },

  /** Values that are picked by their looks. */
  picks: {
    rectangle: 'Rectangle',
    ellipse: 'Ellipse',
    diamond: 'Diamond',
    triangle: 'Triangle',
    hexagon: 'Hexagon',
    parallelogram: 'Parallelogram',
    star: 'Star',
    cloud: 'Cloud',
    bubble: 'Speech bubble',
    cylinder: 'Cylinder',
    solid: 'Solid',
    dashed: 'Dashed',
    dotted: 'Dotted',
    filled: 'All over',
    hatched: 'Hatched',
    crossed: 'Cross-hatched',
    ruled: 'Ruled',
    careful: 'Careful',
    loose: 'Loose',
    wild: 'Wild',
    sharp: 'Sharp',
    soft: 'Soft',
    round: 'Round',
    pill: 'All round',
    straightWay: 'Straight',
    curvedWay: 'Curved',
    noHead: 'Plain',
    arrowHead: 'Arrow',
    triangleHead: 'Triangle',
    triangleOutline: 'Open triangle',
    barHead: 'Bar',
    circleHead: 'Dot',
    circleOutline: 'Circle',
    diamondHead: 'Diamond',
    diamondOutline: 'Open diamond',
    one: 'One',
    many: 'Many',
    oneOrMany: 'One or many',
    exactlyOne: 'Exactly one',
    zeroOrOne: 'None or one',
    zeroOrMany: 'None or many',
  },

  colors: {
    none: 'None',
    ink: 'Ink',
    grey: 'Grey',
    red: 'Red',
    orange: 'Orange',
    amber: 'Amber',
    yellow: 'Yellow',
    green: 'Green',
    teal: 'Teal',
    blue: 'Blue',
    violet: 'Violet',
  },

  people: {
    name: 'Your name',
    color: 'Your colour',
    numbered: (number: number) => `Colour ${number}`,
    alone: 'Nobody else is here. Share the link and draw together.',
    others: 'Others on this board',
    introduction: 'Who you are here',
    youAre: 'This is you on this board',
    alsoHere: (names: readonly string[]) => names.length === 1 ? `${names[0]} is here too` : `${names.length} others are here`,
    draw: 'Draw along',
  },
};
