// A NestJS application whose controller, guards, pipes, interceptors, services and documentation meet our decorators in
// every order. Compiled by tsc, because NestJS needs the types that only emitDecoratorMetadata writes.
import "reflect-metadata";
import { traced, tracedClass, tracedMethod, untraced } from "@dcmx-tracing/decorators";
import {
  applyDecorators,
  Body,
  type CallHandler,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Header,
  HttpCode,
  type INestApplication,
  Injectable,
  Module,
  type NestInterceptor,
  Param,
  ParseIntPipe,
  Post,
  Query,
  SetMetadata,
  UseGuards,
  UseInterceptors,
  ValidationPipe,
} from "@nestjs/common";
import { NestFactory, Reflector } from "@nestjs/core";
import { ApiOperation, ApiProperty, ApiResponse, DocumentBuilder, SwaggerModule } from "@nestjs/swagger";
import { IsInt, IsString, Min } from "class-validator";
import type { Observable } from "rxjs";

const Roles = (...roles: string[]) => SetMetadata("roles", roles);

/** Lets a request pass whose header names a role that the handler asks for. */
@Injectable()
class RolesGuard implements CanActivate {
  readonly reflector: Reflector;

  constructor(reflector: Reflector) {
    this.reflector = reflector;
  }

  canActivate(context: ExecutionContext): boolean {
    const roles = this.reflector.get<string[] | undefined>("roles", context.getHandler());
    if (roles === undefined) return true;
    return roles.includes(context.switchToHttp().getRequest().headers["x-role"]);
  }
}

@Injectable()
class WrappingInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle();
  }
}

class MintOrder {
  @ApiProperty()
  @IsInt()
  @Min(1)
  edition: number;

  @ApiProperty()
  @IsString()
  artist: string;
}

@tracedClass()
@Injectable()
class Ledger {
  readonly minted: MintOrder[] = [];

  add(order: MintOrder): number {
    return this.minted.push(order);
  }

  @untraced()
  count(): number {
    return this.minted.length;
  }
}

@Injectable()
@tracedClass()
class Minter {
  readonly ledger: Ledger;

  // Nothing but the emitted parameter type says what is to be injected here.
  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  async mint(order: MintOrder): Promise<{ edition: number; serial: number; isOrder: boolean }> {
    return { edition: order.edition, serial: this.ledger.add(order), isOrder: order instanceof MintOrder };
  }
}

@Controller("nft")
@UseGuards(RolesGuard)
class NftController {
  readonly minter: Minter;

  constructor(minter: Minter) {
    this.minter = minter;
  }

  // Outermost: everything else has written its metadata on the function that is wrapped here.
  @tracedMethod()
  @Get(":id")
  @Header("x-kept", "yes")
  @ApiOperation({ summary: "Shows an NFT" })
  show(@Param("id", ParseIntPipe) id: number, @Query("full") full?: string): { id: number; full: boolean } {
    return { id, full: full === "1" };
  }

  // Innermost: everything else writes its metadata on the wrapper.
  @Post()
  @HttpCode(202)
  @Roles("artist")
  @UseInterceptors(WrappingInterceptor)
  @ApiResponse({ status: 202, type: MintOrder })
  @tracedMethod({ includeArgs: ["order.edition"] })
  async mint(@Body(new ValidationPipe({ transform: true })) order: MintOrder): Promise<object> {
    return this.minter.mint(order);
  }

  // In the middle, and as part of a composed decorator.
  @applyDecorators(Get("admin/secret"), tracedMethod() as MethodDecorator, Roles("admin"))
  secret(): string {
    return "secret";
  }
}

@tracedClass({ className: "Health" })
@Controller("health")
class HealthController {
  @Get()
  check(): { ok: boolean } {
    return { ok: isHealthy() };
  }
}

const isHealthy = traced(function isHealthy() {
  return true;
});

@Module({ controllers: [NftController, HealthController], providers: [Minter, Ledger, RolesGuard] })
class AppModule {}

/** Starts the application on a free port of the loopback interface. */
export async function startNest(): Promise<{ app: INestApplication; url: string; document: object }> {
  const app = await NestFactory.create(AppModule, { logger: false, abortOnError: false });
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().setTitle("NFT").build());
  await app.listen(0, "127.0.0.1");
  return { app, url: await app.getUrl(), document };
}
