import type { Document, Material, Texture, TextureInfo } from '@gltf-transform/core';
import {
  EXTTextureWebP,
  KHRMaterialsAnisotropy,
  KHRMaterialsClearcoat,
  KHRMaterialsDispersion,
  KHRMaterialsIOR,
  KHRMaterialsIridescence,
  KHRMaterialsSheen,
  KHRMaterialsSpecular,
  KHRMaterialsTransmission,
  KHRMaterialsVolume,
} from '@gltf-transform/extensions';
import type { LinearRgb, MaterialRecipe, TextureRecipe } from './recipes.ts';

const REPEAT = 10497;
const CLAMP_TO_EDGE = 33071;
const LINEAR = 9729;
const LINEAR_MIPMAP_LINEAR = 9987;

function triple(color: LinearRgb): [number, number, number] {
  return [color[0], color[1], color[2]];
}

function sampled(info: TextureInfo | null, { wrap }: TextureRecipe): void {
  const mode = wrap === 'repeat' ? REPEAT : CLAMP_TO_EDGE;
  info?.setWrapS(mode).setWrapT(mode).setMagFilter(LINEAR).setMinFilter(LINEAR_MIPMAP_LINEAR);
}

/** Turns recipes into the materials of one document, each recipe and each texture once. */
export class MaterialWriter {
  readonly #document: Document;
  readonly #textureScale: number;
  readonly #materials = new Map<MaterialRecipe, Material>();
  readonly #textures = new Map<TextureRecipe, Texture>();

  constructor(document: Document, textureScale: number) {
    this.#document = document;
    this.#textureScale = textureScale;
  }

  /** The material of a recipe; painted textures are encoded at the writer's scale. */
  async write(recipe: MaterialRecipe): Promise<Material> {
    const known = this.#materials.get(recipe);
    if (known !== undefined) {
      return known;
    }
    const material = this.#document
      .createMaterial(recipe.name)
      .setBaseColorFactor([...triple(recipe.baseColor), recipe.alpha ?? 1])
      .setAlphaMode(recipe.alpha === undefined ? 'OPAQUE' : 'BLEND')
      .setMetallicFactor(recipe.metallic)
      .setRoughnessFactor(recipe.roughness)
      .setDoubleSided(recipe.doubleSided ?? false);
    if (recipe.baseColorTexture !== undefined) {
      material.setBaseColorTexture(await this.#texture(recipe.baseColorTexture));
      sampled(material.getBaseColorTextureInfo(), recipe.baseColorTexture);
    }
    if (recipe.normalTexture !== undefined) {
      material
        .setNormalTexture(await this.#texture(recipe.normalTexture.texture))
        .setNormalScale(recipe.normalTexture.scale);
      sampled(material.getNormalTextureInfo(), recipe.normalTexture.texture);
    }
    if (recipe.roughnessTexture !== undefined) {
      material.setMetallicRoughnessTexture(await this.#texture(recipe.roughnessTexture));
      sampled(material.getMetallicRoughnessTextureInfo(), recipe.roughnessTexture);
    }
    this.#writeGlass(material, recipe);
    this.#writeCoats(material, recipe);
    this.#materials.set(recipe, material);
    return material;
  }

  #writeGlass(material: Material, recipe: MaterialRecipe): void {
    const { transmission, volume, ior, dispersion } = recipe;
    if (transmission !== undefined) {
      const extension = this.#document.createExtension(KHRMaterialsTransmission).setRequired(false);
      material.setExtension(
        'KHR_materials_transmission',
        extension.createTransmission().setTransmissionFactor(transmission),
      );
    }
    if (volume !== undefined) {
      const extension = this.#document.createExtension(KHRMaterialsVolume).setRequired(false);
      const written = extension.createVolume().setThicknessFactor(volume.thicknessMm / 1000);
      if (volume.attenuationDistanceMm !== undefined) {
        written.setAttenuationDistance(volume.attenuationDistanceMm / 1000);
      }
      if (volume.attenuationColor !== undefined) {
        written.setAttenuationColor(triple(volume.attenuationColor));
      }
      material.setExtension('KHR_materials_volume', written);
    }
    if (ior !== undefined) {
      const extension = this.#document.createExtension(KHRMaterialsIOR).setRequired(false);
      material.setExtension('KHR_materials_ior', extension.createIOR().setIOR(ior));
    }
    if (dispersion !== undefined) {
      const extension = this.#document.createExtension(KHRMaterialsDispersion).setRequired(false);
      material.setExtension(
        'KHR_materials_dispersion',
        extension.createDispersion().setDispersion(dispersion),
      );
    }
  }

  #writeCoats(material: Material, recipe: MaterialRecipe): void {
    const { clearcoat, specular, iridescence, anisotropy, sheen } = recipe;
    if (sheen !== undefined) {
      const extension = this.#document.createExtension(KHRMaterialsSheen).setRequired(false);
      material.setExtension(
        'KHR_materials_sheen',
        extension
          .createSheen()
          .setSheenColorFactor(triple(sheen.color))
          .setSheenRoughnessFactor(sheen.roughness),
      );
    }
    if (clearcoat !== undefined) {
      const extension = this.#document.createExtension(KHRMaterialsClearcoat).setRequired(false);
      material.setExtension(
        'KHR_materials_clearcoat',
        extension
          .createClearcoat()
          .setClearcoatFactor(clearcoat.factor)
          .setClearcoatRoughnessFactor(clearcoat.roughness),
      );
    }
    if (specular !== undefined) {
      const extension = this.#document.createExtension(KHRMaterialsSpecular).setRequired(false);
      material.setExtension(
        'KHR_materials_specular',
        extension
          .createSpecular()
          .setSpecularFactor(specular.factor)
          .setSpecularColorFactor(triple(specular.color)),
      );
    }
    if (iridescence !== undefined) {
      const extension = this.#document.createExtension(KHRMaterialsIridescence).setRequired(false);
      material.setExtension(
        'KHR_materials_iridescence',
        extension
          .createIridescence()
          .setIridescenceFactor(iridescence.factor)
          .setIridescenceIOR(iridescence.ior)
          .setIridescenceThicknessMinimum(iridescence.thicknessNm)
          .setIridescenceThicknessMaximum(iridescence.thicknessNm),
      );
    }
    if (anisotropy !== undefined) {
      const extension = this.#document.createExtension(KHRMaterialsAnisotropy).setRequired(false);
      material.setExtension(
        'KHR_materials_anisotropy',
        extension
          .createAnisotropy()
          .setAnisotropyStrength(anisotropy.strength)
          .setAnisotropyRotation(anisotropy.rotationRad),
      );
    }
  }

  async #texture(recipe: TextureRecipe): Promise<Texture> {
    const known = this.#textures.get(recipe);
    if (known !== undefined) {
      return known;
    }
    this.#document.createExtension(EXTTextureWebP).setRequired(true);
    const texture = this.#document
      .createTexture(recipe.name)
      .setMimeType('image/webp')
      .setImage(new Uint8Array(await recipe.bake(this.#textureScale)));
    this.#textures.set(recipe, texture);
    return texture;
  }
}
