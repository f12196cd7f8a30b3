/**
 * Edges as plain lines of one pixel, for graphs with thousands of them: without a graphics card sigma's own edges, which have any
 * width and smooth borders, take over a second a picture.
 */
import type { NormalizationFunction } from 'sigma/utils'
import type { Point } from '../layout.ts'

export interface EdgeLinesOptions {
  readonly edgeCount: number
  /** Ends of an edge in the coordinates of the layout, and how much of it is seen, 0 to 1. */
  readonly edge: (edge: number) => { readonly from: Point; readonly to: Point; readonly opacity: number }
  /** Red, green and blue, 0 to 1. */
  readonly color: () => readonly [number, number, number]
  readonly normalization: () => NormalizationFunction
}

const vertexShader = `#version 300 es
in vec3 a_end;
uniform mat3 u_matrix;
out float v_opacity;
void main() {
  v_opacity = a_end.z;
  gl_Position = vec4((u_matrix * vec3(a_end.xy, 1.0)).xy, 0.0, 1.0);
}`

const fragmentShader = `#version 300 es
precision mediump float;
uniform vec3 u_color;
in float v_opacity;
out vec4 color;
void main() {
  color = vec4(u_color * v_opacity, v_opacity);
}`

const numbersPerEdge = 6

/** A layer of sigma's, to be put below its nodes. */
export function edgeLines(gl: WebGL2RenderingContext, options: EdgeLinesOptions) {
  const program = linkedProgram(gl)
  const [matrix, color] = [gl.getUniformLocation(program, 'u_matrix'), gl.getUniformLocation(program, 'u_color')]
  const [buffer, attributes] = [gl.createBuffer(), gl.createVertexArray()]
  gl.bindVertexArray(attributes)
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
  const end = gl.getAttribLocation(program, 'a_end')
  gl.enableVertexAttribArray(end)
  gl.vertexAttribPointer(end, 3, gl.FLOAT, false, 0, 0)
  gl.bindVertexArray(null)
  return {
    /** Whenever sigma has placed the nodes anew. */
    cacheData: () => {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
      gl.bufferData(gl.ARRAY_BUFFER, endsOf(options), gl.DYNAMIC_DRAW)
    },
    render: (params: { readonly matrix: Float32Array }) => {
      gl.useProgram(program)
      gl.bindVertexArray(attributes)
      gl.uniformMatrix3fv(matrix, false, params.matrix)
      gl.uniform3fv(color, options.color())
      gl.drawArrays(gl.LINES, 0, 2 * options.edgeCount)
      gl.bindVertexArray(null)
    },
    kill: () => {
      gl.deleteProgram(program)
      gl.deleteBuffer(buffer)
      gl.deleteVertexArray(attributes)
    },
  }
}

function endsOf({ edgeCount, edge, normalization }: EdgeLinesOptions): Float32Array {
  const framed = normalization()
  const ends = new Float32Array(numbersPerEdge * edgeCount)
  for (let e = 0; e < edgeCount; e++) {
    const { from, to, opacity } = edge(e)
    const [start, stop] = [framed(from), framed(to)]
    ends.set([start.x, start.y, opacity, stop.x, stop.y, opacity], numbersPerEdge * e)
  }
  return ends
}

function linkedProgram(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(type)
    if (shader === null) throw new Error('Cannot draw edges: the browser has no more room for shaders')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
    throw new Error(`Cannot draw edges: ${gl.getProgramInfoLog(program)}`)
  return program
}
