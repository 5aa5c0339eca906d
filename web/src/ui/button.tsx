/**
 * A button with an icon. Owns its name for everybody: label, tooltip and shortcut say the same.
 */
import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { Icon, type IconNode } from './icon';
import { shortcutText } from './shortcut';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon' | 'label'> {
  icon: IconNode;
  /** What it does; its accessible name. */
  label: string;
  /** As in `shortcutText`. */
  shortcut?: string | undefined;
  disabled?: boolean;
  children?: ComponentChildren;
}

/** A tooltip: what it does, and its key. */
export function hint(label: string, shortcut: string | undefined): string {
  return shortcut ? `${label} (${shortcutText(shortcut)})` : label;
}

export function IconButton({ icon, label, shortcut, children, class: more, ...rest }: Props) {
  return (
    <button type="button" class={`button ${String(more ?? '')}`} aria-label={label} title={hint(label, shortcut)} {...rest}>
      <Icon node={icon} />
      {children}
    </button>
  );
}

/** Keeps the keyboard where it is: a click on a tool must not take it from the board or a text. */
export function keepFocus(event: MouseEvent): void {
  const target = event.target as HTMLElement;
  if (!target.closest('input, textarea, select')) event.preventDefault();
}
