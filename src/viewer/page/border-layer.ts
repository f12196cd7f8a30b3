/** A ring along the inside of a node's edge, in a colour and width of each node: sigma's own layers only fill. */
import type { FragmentLayer } from 'sigma/rendering'

export function borderLayer(): FragmentLayer {
  return {
    name: 'border',
    uniforms: [],
    attributes: [
      {
        name: 'borderColor',
        size: 4,
        type: WebGL2RenderingContext.UNSIGNED_BYTE,
        normalized: true,
        source: 'borderColor',
      },
      { name: 'borderWidth', size: 1, type: WebGL2RenderingContext.FLOAT, source: 'borderWidth' },
    ],
    glsl: `
vec4 layer_border(vec4 v_borderColor, float v_borderWidth) {
  float inner = -v_borderWidth * context.pixelToUV;
  float share = smoothstep(inner - context.aaWidth, inner + context.aaWidth, context.sdf);
  return vec4(v_borderColor.rgb, v_borderColor.a * share);
}
`,
  }
}
