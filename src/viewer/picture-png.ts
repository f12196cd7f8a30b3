/** An SVG picture as PNG. Its text is set in a font that comes with the product: the same bytes on every machine, also on one without fonts. */
import { fileURLToPath } from 'node:url'

export interface PngOptions {
  /** In pixels; the height follows. */
  readonly width: number
}

const family = 'PT Sans'
const fonts = ['400Regular/PTSans_400Regular.ttf', '700Bold/PTSans_700Bold.ttf']
/** What the font cannot show: other scripts than Latin and Cyrillic, for which the machine's own fonts are asked. */
const beyondFont = /[^\s\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Common}]/u

/** @param svg text of a file, as pictures of this folder are */
export async function pictureAsPng(svg: string, { width }: PngOptions): Promise<Buffer> {
  // Loaded where it is needed: no other command starts later for it.
  const { renderAsync } = await import('@resvg/resvg-js')
  const image = await renderAsync(svg, {
    fitTo: { mode: 'width', value: width },
    font: {
      fontFiles: fonts.map((file) => fileURLToPath(import.meta.resolve(`@expo-google-fonts/pt-sans/${file}`))),
      loadSystemFonts: beyondFont.test(svg),
      defaultFontFamily: family,
      sansSerifFamily: family,
    },
  })
  return image.asPng()
}
