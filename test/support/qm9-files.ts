/** Small files in the form of QM9, with molecules made up for the tests. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

export interface Qm9Text {
  readonly properties: string
  readonly graphs: string
  readonly coordinates: string
}

const header = 'index,smiles,n_atoms,mu,alpha,homo,lumo,gap,r2,zpve,u0,u298,h298,g298,cv,A,B,C'

/**
 * Molecule 3: O with an H 0.96 and one 0.95 Angstrom away. Molecule 5: C with an N 1.15 and an H 1.07 Angstrom away. Molecule 8: two H,
 * without coordinates. Molecule 9: a lone F, which has no bond.
 */
export const fourMolecules: Qm9Text = {
  properties: [
    header,
    '3,O,3,1.5,2.5,-0.25,0.5,0.75,19,0.021,-76.4,-76.3,-76.2,-76.5,6,1,2,3',
    '5,C#N,3,2.5,12,-0.5,0.25,0.75,48,0.016,-93.4,-93.3,-93.2,-93.5,6.25,0,4,4',
    '8,[H][H],2,0,5,-0.5,0.25,0.75,2,0.01,-1,-1,-1,-1,5,0,1,1',
    '9,[F],1,0,1e0,-0.75,1,1.75,1,0,-2,-2,-2,-2,3,0,0,0',
    '',
  ].join('\n'),
  graphs: ['3 OHH 0,1,1;0,2,1', '5 CNH 0,1,3;0,2,1', '8 HH 0,1,1', '9 F ', ''].join('\n'),
  coordinates: ['3 0 0 0 9600 0 0 0 9500 0', '5 0 0 0 0 0 11500 0 0 -10700', '8 NA', '9 7 7 7', ''].join('\n'),
}

/** File name -> packed bytes. */
export function qm9Packed({ properties, graphs, coordinates }: Qm9Text): Record<string, Uint8Array> {
  return {
    'qm9.csv.gz': gzipSync(properties),
    'qm9_graphs.txt.gz': gzipSync(graphs),
    'qm9_xyz.txt.gz': gzipSync(coordinates),
  }
}

/** Puts them into `folder`/QM9, as the zip has them; `folder`. */
export async function writeQm9(folder: string, text: Qm9Text = fourMolecules): Promise<string> {
  await mkdir(join(folder, 'QM9'), { recursive: true })
  for (const [file, bytes] of Object.entries(qm9Packed(text))) await writeFile(join(folder, 'QM9', file), bytes)
  return folder
}
