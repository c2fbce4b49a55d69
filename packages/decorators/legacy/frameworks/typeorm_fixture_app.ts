// A TypeORM entity, a subscriber-like listener and a class-validator model with our decorators between theirs.
import "reflect-metadata";
import { tracedClass, tracedMethod } from "@dcmx-tracing/decorators";
import { IsInt, validateSync } from "class-validator";
import {
  BeforeInsert,
  Column,
  Entity,
  getMetadataArgsStorage,
  Index,
  ManyToOne,
  OneToMany,
  PrimaryGeneratedColumn,
} from "typeorm";

@Entity("artists")
@tracedClass({ accessors: true })
export class Artist {
  @PrimaryGeneratedColumn()
  id: number;

  @Column({ unique: true })
  name: string;

  @OneToMany(
    () => Nft,
    (nft) => nft.artist,
  )
  nfts: Nft[];

  get label(): string {
    return `artist ${this.name}`;
  }
}

@tracedClass()
@Entity()
export class Nft {
  @PrimaryGeneratedColumn("uuid")
  id: string;

  @Column()
  @IsInt()
  edition: number;

  @Column()
  mintedAt: Date;

  @ManyToOne(
    () => Artist,
    (artist) => artist.nfts,
  )
  artist: Artist;

  @BeforeInsert()
  @tracedMethod()
  prepare(): string {
    return "prepared";
  }

  @tracedMethod()
  @Index()
  @Column({ nullable: true })
  get wrapped(): string {
    return "value";
  }
}

/** What TypeORM and class-validator know of the two entities. */
export function describeEntities(): object {
  const storage = getMetadataArgsStorage();
  const nft = Object.assign(new Nft(), { edition: 1.5 });
  return {
    tables: storage.tables.map((table) => [table.target === Nft || table.target === Artist, table.name]),
    columns: storage.filterColumns(Nft).map((column) => [column.propertyName, typeName(column.options.type)]),
    relations: storage.filterRelations([Nft, Artist]).map((relation) => relation.propertyName),
    listeners: storage.filterListeners(Nft).map((listener) => [listener.propertyName, listener.type]),
    indices: storage.filterIndices(Nft).map((index) => index.columns),
    designType: typeName(Reflect.getMetadata("design:returntype", Nft.prototype, "prepare")),
    errors: validateSync(nft).map((error) => error.property),
  };
}

function typeName(type: unknown): unknown {
  return typeof type === "function" ? type.name : type;
}
