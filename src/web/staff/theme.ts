import type { ThemeConfig } from 'antd';
import antTheme from 'antd/es/theme';

/** The colours of the chat, `src/web/chat/chat.css`: one look for both sides of a conversation. */
export const palettes = {
  light: {
    ground: '#f4f6f8',
    surface: '#ffffff',
    ink: '#17212b',
    quiet: '#5b6875',
    line: '#dde3e9',
    accent: '#0b6bcb',
    hover: '#0a58a8',
    warn: '#a33b00',
  },
  dark: {
    ground: '#10161c',
    surface: '#1a222b',
    ink: '#e8eef4',
    quiet: '#9aa8b5',
    line: '#2c3742',
    accent: '#62aef7',
    hover: '#8cc4fa',
    warn: '#ffb08a',
  },
} as const;
export type ThemeName = keyof typeof palettes;

export function themeOf(name: ThemeName): ThemeConfig {
  const { ground, surface, ink, quiet, line, accent, hover, warn } = palettes[name];
  const isDark = name === 'dark';
  return {
    algorithm: isDark ? [antTheme.darkAlgorithm, antTheme.compactAlgorithm] : antTheme.compactAlgorithm,
    token: {
      colorPrimary: accent,
      colorInfo: accent,
      colorLink: accent,
      // Read as well as what is not pointed at.
      colorPrimaryHover: hover,
      colorPrimaryActive: hover,
      colorLinkHover: hover,
      colorError: warn,
      colorText: ink,
      colorTextSecondary: quiet,
      colorTextTertiary: quiet,
      colorTextDescription: quiet,
      colorTextPlaceholder: quiet,
      colorBgLayout: ground,
      colorBgContainer: surface,
      colorBgElevated: surface,
      colorBorder: isDark ? '#55636f' : '#b6c0ca',
      colorBorderSecondary: line,
      colorTextLightSolid: isDark ? '#06213b' : '#ffffff',
      borderRadius: 8,
      fontSize: 14,
      fontFamily: 'inherit',
      // Nothing moves that does not have to: it is looked at for eight hours.
      motion: false,
      wireframe: false,
    },
    components: { Button: { primaryShadow: 'none', defaultShadow: 'none' } },
  };
}
