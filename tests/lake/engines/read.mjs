// The rows of a Parquet file as JSON Lines, as hyparquet (pure JavaScript) reads them: bigints as numbers, times in ISO 8601.
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'

function plain(_name, value) {
  return typeof value === 'bigint' ? Number(value) : value
}

const file = await asyncBufferFromFile(process.argv[2])
for (const row of await parquetReadObjects({ file, compressors })) {
  process.stdout.write(JSON.stringify(row, plain) + '\n')
}
