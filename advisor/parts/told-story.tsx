import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import type { SessionState } from '../../protocol/session.ts';
import { useTablet } from '../app/tablet.ts';

/** The story that is open on the mirror, with its pages; or the way to open one. */
export function ToldStory({ session }: { readonly session: SessionState }) {
  const { desk, collection, live, voice } = useTablet();
  const { say, locale } = voice;
  const [choosing, setChoosing] = useState(false);
  const { stories } = collection.catalogue;
  const story = stories.find(({ id }) => id === session.story?.storyId);
  const chapter = session.story?.chapter ?? 0;
  if (stories.length === 0) return null;
  return (
    <section aria-labelledby="story-title" className="list told">
      <h2 id="story-title" className="label">
        {say('story.title')}
      </h2>
      {story ? (
        <>
          <p className="told-now" role="status">
            {story.title[locale]}
            <span className="help">
              {chapter === 0
                ? say('story.first')
                : say('story.page', { number: chapter, count: story.chapters.length })}
            </span>
          </p>
          <div className="told-ways">
            <Button
              className="secondary small"
              isDisabled={!live || chapter === 0}
              onPress={() => void desk.tell({ storyId: story.id, chapter: chapter - 1 })}
            >
              {say('story.back')}
            </Button>
            <Button
              className="secondary small"
              isDisabled={!live || chapter === story.chapters.length}
              onPress={() => void desk.tell({ storyId: story.id, chapter: chapter + 1 })}
            >
              {say('story.on')}
            </Button>
            <Button className="quiet" isDisabled={!live} onPress={() => void desk.tell(null)}>
              {say('story.close')}
            </Button>
          </div>
        </>
      ) : (
        <Button className="secondary small told-open" isDisabled={!live} onPress={() => setChoosing(true)}>
          {say('story.open')}
        </Button>
      )}
      <ModalOverlay className="veil" isOpen={choosing} onOpenChange={setChoosing} isDismissable>
        <Modal className="sheet">
          <Dialog className="question stories">
            <Heading slot="title">{say('story.choose')}</Heading>
            {stories.map((one) => (
              <section key={one.id} aria-label={one.title[locale]} className="story-choice">
                <h3>{one.title[locale]}</h3>
                <div className="story-pages">
                  {[null, ...one.chapters].map((page, number) => (
                    <Button
                      key={page?.id ?? 'first'}
                      className="chip"
                      onPress={() => {
                        setChoosing(false);
                        void desk.tell({ storyId: one.id, chapter: number });
                      }}
                    >
                      {page ? page.title[locale] : say('story.first')}
                    </Button>
                  ))}
                </div>
              </section>
            ))}
            <Button className="quiet" onPress={() => setChoosing(false)}>
              {say('picker.close')}
            </Button>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </section>
  );
}
