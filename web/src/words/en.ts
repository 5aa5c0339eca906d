/**
 * English: what a board shows at first, and what both pages share.
 * Owns words, by what shows them; those with values are functions. Knows nothing of the page.
 */

const changes = (count: number): string => (count === 1 ? '1 change' : `${count} changes`);

export const en = {
  /** The language's own tag, for dates and numbers. */
  tag: 'en',
  product: 'Drawbridge',

  /** What a person can ask for, by the key that the table of actions gives. */
  actions: {
    select: 'Select',
    hand: 'Hand',
    cutter: 'Erase parts',
    lasso: 'Lasso',
    laser: 'Laser pointer',
    bucket: 'Fill',
    eyedropper: 'Take a colour',
    pen: 'Pen',
    highlighter: 'Highlighter',
    rectangle: 'Rectangle',
    ellipse: 'Ellipse',
    shape: 'Shape',
    line: 'Line',
    arrow: 'Arrow',
    text: 'Text',
    note: 'Note',
    frame: 'Frame',
    eraser: 'Eraser',
    insertImage: 'Picture',
    undo: 'Undo',
    redo: 'Redo',
    delete: 'Delete',
    selectAll: 'Select all',
    selectKind: 'Select all of this kind',
    selectStyle: 'Select all that look so',
    walk: 'Go from one to the next',
    flow: 'One more beside it, with an arrow',
    walkArrows: 'Go along an arrow',
    duplicate: 'Duplicate',
    copy: 'Copy',
    cut: 'Cut',
    paste: 'Paste',
    link: 'Add a link',
    openLink: 'Open link',
    copyLink: 'Copy link to this',
    copyStyle: 'Copy style',
    pasteStyle: 'Paste style',
    group: 'Group',
    ungroup: 'Ungroup',
    frameSelection: 'Frame selection',
    removeFrame: 'Remove frame',
    lock: 'Lock',
    unlock: 'Unlock',
    turnLock: 'Lock or unlock',
    alignLeft: 'Align left',
    alignCentre: 'Align centres',
    alignRight: 'Align right',
    alignTop: 'Align top',
    alignMiddle: 'Align middles',
    alignBottom: 'Align bottom',
    spaceAcross: 'Equal gaps across',
    spaceDown: 'Equal gaps down',
    centresAcross: 'Centres equally far across',
    centresDown: 'Centres equally far down',
    flipAcross: 'Flip across',
    flipDown: 'Flip down',
    crop: 'Crop',
    replaceImage: 'Replace picture',
    resetCrop: 'Reset crop',
    resetSize: 'Reset size',
    bringToFront: 'Bring to front',
    sendToBack: 'Send to back',
    bringForward: 'Bring forward',
    sendBackward: 'Send backward',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    zoomReset: 'Zoom to 100%',
    zoomToFit: 'Zoom to fit',
    zoomToSelection: 'Zoom to selection',
    keepTool: 'Keep the tool in hand',
    showStep: 'Show',
    escape: 'Back to Select, deselect',
    enter: 'Type or open, or draw in the middle',
    write: 'Write on what is selected',
    addLabel: 'Add label',
    editText: 'Edit text',
    points: 'Points of a line',
    enterOther: 'Points of an arrow, words of a line',
    nudge: 'Nudge',
    nudgeFar: 'Nudge further',
    endText: 'Finish a text',
    indent: 'Move lines in; the next note',
    outdent: 'Move lines out; the note before',
    pan: 'Move around (hold)',
    dots: 'Grid',
    snap: 'Snap to objects',
    turnTheme: 'Light or dark',
    openFile: 'Open a file…',
    saveDrawbridge: 'Save as a file',
    saveExcalidraw: 'Save for Excalidraw',
    exportPicture: 'Export picture…',
    copyPng: 'Copy as PNG',
    copySvg: 'Copy as SVG',
    copyExcalidraw: 'Copy for Excalidraw',
    newBoard: 'New board',
    rename: 'Rename this board',
    yourBoards: 'Your boards',
    parts: 'Between board, tools and style',
    help: 'Help',
  },

  board: {
    name: 'Board',
    leadsWithin: 'To another place on this board',
    textField: 'Text on the board',
    frame: 'Frame',
    opening: 'Opening the board',
    controls: 'Controls',
    tools: 'Tools',
    moreTools: 'Other tools',
    openWhole: 'Open this board in a window of its own',
    keys: 'Tab goes from one thing to the next, and after the last or Escape on to the controls. F6 goes there and back at once.',
    menu: 'Menu',
    history: 'History',
    zoom: 'Zoom',
    zoomNow: (percent: string) => `Zoom ${percent}, reset to 100%`,
    title: 'Name of this board',
    untitled: 'Untitled board',
    tab: (title: string) => `${title} – Drawbridge`,
  },

  appearance: {
    label: 'Theme',
    light: 'Light',
    dark: 'Dark',
    system: 'System',
    theme: (name: string) => `${name} theme`,
  },

  people: {
    label: (count: number, name: string) => `People: ${count} here. Your name: ${name}`,
    you: (name: string) => `${name} (you)`,
    /** Names for those who have chosen none. */
    birds: [
      'Heron', 'Wren', 'Kestrel', 'Plover', 'Swift', 'Robin', 'Avocet', 'Linnet',
      'Curlew', 'Finch', 'Egret', 'Siskin', 'Dunlin', 'Osprey', 'Lapwing', 'Crane',
    ],
  },

  share: {
    label: 'Share: copy the link',
    hint: 'Copy the link to this board: whoever has it can draw here',
    short: 'Share',
    copied: 'Link copied',
  },

  connection: {
    label: 'Connection',
    saved: 'Saved',
    savedStory: 'Everything is saved on the server.',
    lacks: 'A picture is not saved',
    lacksStory: (kept: boolean) =>
      `Everything but pictures is saved on the server. ${kept ? 'They are kept in this browser.' : 'Keep this tab open.'}`,
    saving: 'Saving…',
    savingStory: (waiting: number) => `${changes(waiting)} on the way to the server.`,
    unsaved: (waiting: number) => `Not saved · ${changes(waiting)}`,
    /** `trouble` is the server's own clause. */
    unsavedStory: (trouble: string, kept: boolean) =>
      `The server cannot save just now: ${trouble}. It keeps trying. ${
        kept ? 'Your changes are kept in this browser too.' : 'Keep this tab open.'}`,
    stopped: 'Not syncing',
    stoppedWaiting: (waiting: number) => `Not syncing · ${changes(waiting)}`,
    connecting: 'Connecting…',
    connectingStory: 'Connecting to the server.',
    connectingWaiting: (waiting: number) => `Connecting · ${changes(waiting)} waiting`,
    offline: 'Offline',
    offlineStory: (kept: boolean) => kept
      ? 'No connection. What you draw is kept in this browser and sent later.'
      : 'No connection, and this browser lets nothing be stored: keep this tab open.',
    /** Where the browser keeps no page. */
    needsNetwork: 'Leave this tab open: the page itself needs the network to open again.',
    offlineWaiting: (waiting: number) => `Offline · ${changes(waiting)} waiting`,
    waitingStory: (waiting: number, kept: boolean) => kept
      ? `${changes(waiting)} kept in this browser, to be sent when the connection is back.`
      : `${changes(waiting)} only in this tab: this browser lets nothing be stored. Keep it open.`,
  },

  /** Why the server ended the connection for good. */
  closed: {
    4400: 'The server could not read what this page sent. Reload to get its current version.',
    4404: 'This is not the address of a board.',
    4410: 'Nothing more is saved here. This browser still has all of it.',
    4413: 'This board, or one change to it, is larger than the server allows.',
    4422: 'The server could not take a change made here.',
    4429: 'This page sent more than the server allows.',
    other: 'The server ended the connection.',
  },

  stopped: {
    title: 'Not connected any more.',
    deleted: 'This board was deleted.',
    restored: 'This board was restored.',
    copy: 'Download a copy',
    reload: 'Reload',
  },

  failure: {
    trapTitle: 'The drawing engine stopped',
    trap: (kept: boolean) => `It failed twice in a short time, so it was stopped before it could do harm. ${
      kept
        ? 'Your changes are kept in this browser. Download them to be safe, or set them aside and open the board as the server has it.'
        : 'This browser lets nothing be stored: what the server has not saved yet is lost.'}`,
    engineTitle: 'The board could not be started',
    engine: 'A part of the page did not arrive. Trying again often helps.',
    unableTitle: 'This browser cannot show boards',
    unable: 'Boards are drawn with WebAssembly, which this browser does not have or has switched off. Open the link in another browser, or allow WebAssembly for this site. The board itself is fine.',
    unreachableTitle: 'This board is out of reach',
    unreachable: 'The server does not answer, and this browser has no copy of the board yet.',
    absentTitle: 'Nothing has been drawn at this address',
    absent: 'Is the link complete? Compare it with the one you were sent: the last letters are easily lost on the way.',
    begin: 'Start a board here',
    refusedTitle: 'This board cannot be opened',
    damagedTitle: 'This board cannot be read',
    damaged: 'What the server sent is damaged. Nothing was changed on the server or in this browser.',
    scriptTitle: 'Something went wrong',
    script: 'The page could not start. Trying again often helps.',
    download: 'Download my changes',
    setAside: 'Open the server’s copy',
    retry: 'Try again',
    detail: 'What exactly went wrong',
    boards: 'Your boards',
  },

  /** What went wrong below a failure, where it is known. */
  details: {
    noAnswer: 'The server could not be reached.',
    answered: (status: number) => `The server answered ${status}.`,
    tooLarge: 'This board is too large to open.',
    noWebAssembly: 'This browser has no WebAssembly.',
  },

  /** What the engine has to say, by its key. */
  notices: {
    newer: 'This board was made by a newer Drawbridge. Reload the page to edit it.',
    tooLong: 'This text is too long to be shown to its end. All of it is kept; part it into several texts.',
    textGone: 'Somebody deleted the text that you were typing in.',
    outOfView: 'That was out of view.',
    leadsNowhere: 'What this link leads to is not on the board any more.',
    colorless: 'A picture has no colour to take.',
    skipped: 'Some of it was left alone, because somebody has changed it since.',
  },

  toasts: {
    restarted: (kept: boolean) => `The drawing engine was restarted. ${
      kept ? 'Your changes are all here, but they cannot be undone any more.' : 'Changes not saved yet are lost.'}`,
    fingers: 'Fingers move the board now, and the pen draws. The menu lets fingers draw again.',
    newVersion: 'A new version is ready.',
    unfetched: 'A part of the page that this takes could not be fetched. Try again when there is a connection.',
    pick: 'Which picture shall it be?',
    choose: 'Choose',
    pasteText: 'Only text and pictures can be pasted on the board so far.',
    dropText: 'Only text, links, pictures and files of boards can be dropped here.',
  },

  /** In the file that "Download my changes" makes. */
  rescue: 'Drawbridge: what one browser kept of a board. Each update is a Yjs update (v1), base64.',
};
